// While Vite serves the pages it stands between a browser and the host, which signs development tokens for this machine alone.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer as listen } from 'node:http';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { createServer } from 'vite';

test('The host is told who asks Vite, and by which name', async t => {
  const asked = [];
  const host = listen((request, response) => (asked.push(request.headers), response.end('{}'))).listen(0, '127.0.0.1');
  await once(host, 'listening');
  t.after(() => host.close());
  process.env.VOD_HOST = `http://127.0.0.1:${host.address().port}`;
  const vite = await createServer({
    root: fileURLToPath(new URL('../../src/VodFunctions.Web', import.meta.url)), logLevel: 'silent', server: { port: 0, host: '127.0.0.1' },
    optimizeDeps: { noDiscovery: true },
  });
  t.after(() => vite.close());
  await vite.listen();
  const { port } = vite.httpServer.address();

  for (const path of ['/api/dev/token', '/media/x', '/config.json']) await fetch(`http://127.0.0.1:${port}${path}`, { headers: { 'X-Forwarded-For': '203.0.113.9' } });

  assert.equal(asked.length, 3);
  for (const headers of asked) {
    // What a caller says of itself stays in front: LoopbackOnly wants each of them to be this machine.
    assert.match(headers['x-forwarded-for'], /^203\.0\.113\.9, ?(::ffff:)?127\.0\.0\.1$/);
    assert.equal(headers['x-forwarded-host'], `127.0.0.1:${port}`);
  }
});
