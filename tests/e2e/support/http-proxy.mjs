import { once } from 'node:events';
import { Agent, createServer, request as send } from 'node:http';
import { connect } from 'node:net';

/**
 * An HTTP reverse proxy that can hold a request, or its answer, at an exact moment, or lose it. Everything else streams
 * through as it came, WebSockets too. It listens before there is a server, so that its address can be among the
 * server's settings.
 */
export async function startHttpProxy() {
  const rules = new Set();
  const upgraded = new Set();
  // A connection for each request: one that is kept may be closed by the server just when the next request sets out.
  const agent = new Agent({ keepAlive: false });
  let target = null;
  const server = createServer((request, response) => {
    forward(request, response).catch(() => response.destroy()); // An end of the line is gone: the other end learns it so.
  });
  server.on('upgrade', (request, socket, head) => {
    tunnel(request, socket, head).catch(() => socket.destroy());
  });
  server.keepAliveTimeout = 120_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    url: `http://127.0.0.1:${server.address().port}`,
    /** Forwards to that server from now on; null: to none. */
    forwardTo(url) { target = url && { host: new URL(url).hostname, port: new URL(url).port }; },
    /** Holds what matches until it is released or lost. @see Rule */
    hold(match) { return addRule('hold', match); },
    /** Loses what matches, again and again, until it is released. @see Rule */
    lose(match) { return addRule('drop', match); },
    async stop() {
      server.close();
      server.closeAllConnections();
      for (const socket of upgraded) socket.destroy();
      agent.destroy();
      await once(server, 'close');
    },
  };

  function addRule(verdict, match) {
    const rule = new Rule(verdict, match, () => rules.delete(rule));
    rules.add(rule);
    return rule;
  }

  async function forward(request, response) {
    const gone = endOf(response);
    const candidates = [...rules].filter(rule => rule.matches(request));
    const body = candidates.some(rule => rule.says) ? Buffer.concat(await request.toArray()) : null;
    const caught = candidates.filter(rule => !rule.says || rule.says(body.toString()));
    for (const rule of caught.filter(each => !each.after)) await rule.pass(gone);

    if (!target) throw new Error('There is no server.');
    const { connection, 'keep-alive': idle, expect, ...headers } = request.headers; // These are about one connection.
    const upstream = send({ ...target, agent, method: request.method, path: request.url, headers });
    upstream.on('error', () => response.destroy());
    response.on('close', () => { if (!response.writableFinished) upstream.destroy(); });
    const answered = once(upstream, 'response');
    if (body) upstream.end(body);
    else request.pipe(upstream);
    const [answer] = await answered;
    for (const rule of caught.filter(each => each.after)) await rule.pass(gone);

    response.sendDate = false;
    response.writeHead(answer.statusCode, answer.statusMessage, endToEnd(answer.rawHeaders));
    answer.on('error', () => response.destroy());
    answer.pipe(response);
  }

  async function tunnel(request, socket, head) {
    upgraded.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => upgraded.delete(socket));
    const gone = endOf(socket);
    for (const rule of [...rules].filter(each => each.matches(request))) await rule.pass(gone);
    if (!target) throw new Error('There is no server.');
    const upstream = connect(target);
    upstream.on('error', () => socket.destroy()).on('close', () => socket.destroy());
    socket.on('close', () => upstream.destroy());
    const lines = pairs(request.rawHeaders).map(([name, value]) => `${name}: ${value}\r\n`);
    upstream.write(`${request.method} ${request.url} HTTP/1.1\r\n${lines.join('')}\r\n`);
    upstream.write(head);
    upstream.pipe(socket);
    socket.pipe(upstream);
  }
}

const endOf = stream => new Promise(resolve => stream.once('close', resolve));
const pairs = raw => raw.flatMap((name, at) => at % 2 === 0 ? [[name, raw[at + 1]]] : []);
const endToEnd = raw => pairs(raw).filter(([name]) => !/^(connection|keep-alive|transfer-encoding)$/i.test(name)).flat();

/** What happens to some of the requests. */
class Rule {
  #verdict;
  #waiting = new Set();
  #reach;
  #forget;

  /**
   * @param {'hold' | 'drop'} verdict
   * @param {object} match
   * @param {(request: import('node:http').IncomingMessage) => boolean} match.matches by method, path and headers
   * @param {(body: string) => boolean} [match.says] by content as well; such a request is read whole before it goes on
   * @param {boolean} [match.after] once the server has answered, before the client hears of it; else before the server gets it
   */
  constructor(verdict, { matches, says, after = false }, forget) {
    this.#verdict = verdict;
    this.#forget = forget;
    Object.assign(this, { matches, says, after });
    /** Settles when the first match is there. */
    this.reached = new Promise(resolve => { this.#reach = resolve; });
  }

  /** How many have matched. */
  count = 0;

  /** How many are held now. */
  get held() { return this.#waiting.size; }

  /** What is held goes on, and what comes from now on is left alone. */
  release() {
    this.#verdict = 'pass';
    this.#decide('pass');
    this.#forget();
  }

  /** Loses what is held: its connection is destroyed. What comes from now on is lost too. */
  lose() {
    this.#verdict = 'drop';
    this.#decide('drop');
  }

  /** Waits for the verdict on one request; throws when it is to be lost, or when its client has gone. */
  async pass(gone) {
    this.count++;
    let verdict = this.#verdict;
    if (verdict === 'hold') {
      let decide;
      const decided = new Promise(resolve => { decide = resolve; });
      this.#waiting.add(decide);
      this.#reach();
      verdict = await Promise.race([decided, gone.then(() => 'drop')]);
      this.#waiting.delete(decide);
    }
    this.#reach();
    if (verdict === 'drop') throw new Error('Lost.');
  }

  #decide(verdict) {
    for (const decide of this.#waiting) decide(verdict);
  }
}
