'use strict';

// Loaded into the storage emulator before it starts (node --require): refuses what the emulator lets through and Azure
// Storage does not.
//
// - x-ms-copy-source: the emulator reads the source of a copy without asking whether the caller may, so that the holder of
//   an upload's URL could copy somebody's record onto that upload and read it. Nothing here copies.
// - A Host that is not this machine: a page whose name was made to point here (DNS rebinding) is no caller.

const http = require('node:http');

const names = new Set(['localhost', '127.0.0.1', '[::1]']);
const emit = http.Server.prototype.emit;

http.Server.prototype.emit = function (event, request, response, ...rest) {
  const code = event === 'request' ? refusal(request.headers) : null;
  if (!code) return emit.call(this, event, request, response, ...rest);
  refuse(response, code);
  return true;
};

function refusal(headers) {
  if (Object.keys(headers).some(name => name.startsWith('x-ms-copy-source'))) return 'CannotVerifyCopySource';
  const host = (headers.host ?? '').replace(/:\d*$/, '').toLowerCase();
  return names.has(host) ? null : 'InvalidHeaderValue';
}

function refuse(response, code) {
  const body = `<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code><Message>Refused.</Message></Error>`;
  response.writeHead(403, {
    'Content-Type': 'application/xml',
    'Content-Length': Buffer.byteLength(body),
    'x-ms-error-code': code,
    Connection: 'close',
  });
  response.end(body);
}
