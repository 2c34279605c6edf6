import { once } from 'node:events';
import { createServer } from 'node:net';
import { refuse } from './console.mjs';

/** Whether a port of this machine is free, on both of its loopback addresses. */
export async function isFree(port) {
  for (const host of ['127.0.0.1', '::1']) if ((await listen(port, host)) === 'EADDRINUSE') return false;
  return true;
}

/** A port of this machine that nobody has just now. */
export const freePort = () => listen(0, '127.0.0.1');

/** The address of a port, which is free; 0 picks one. */
export async function addressOf(port) {
  const chosen = port || (await freePort());
  if (!(await isFree(chosen))) refuse(`Port ${chosen} is in use by another program: choose another with --port.`);
  return `http://localhost:${chosen}`;
}

/** @returns the port that it listened on, or the code of what went wrong, such as EADDRINUSE or EADDRNOTAVAIL */
async function listen(port, host) {
  const server = createServer();
  try {
    server.listen(port, host);
    await once(server, 'listening');
    return server.address().port;
  } catch (error) {
    return error.code;
  } finally {
    server.close();
  }
}
