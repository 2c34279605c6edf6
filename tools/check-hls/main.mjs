#!/usr/bin/env node
// Holds a presentation against the rules of Apple's HLS Authoring Specification and RFC 8216, and against the file that
// it was made of, and says which it breaks: see docs/check-hls.md.
import { parseArgs } from 'node:util';
import { checkHls } from './check.mjs';
import { isBroken, jsonReport, report } from './verdicts.mjs';

const usage = `usage: ./dev check-hls URL [--source FILE] [--json]

URL            of the master playlist
--source FILE  the video that it was made of: compares length, times, pictures, sound and colours as well
--json         writes the report for programs

Exits with 0 when no MUST is broken, 1 when one is, 2 when there is nothing to check.`;

try {
  const {
    values,
    positionals: [url, ...more],
  } = parseArgs({
    allowPositionals: true,
    options: { source: { type: 'string' }, json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) {
    console.log(usage);
  } else {
    if (!URL.canParse(url ?? '') || more.length > 0)
      throw new Error('A URL of a master playlist is needed: see --help.');
    const results = await checkHls(url, values);
    console.log(values.json ? JSON.stringify(jsonReport(url, values.source, results), null, 2) : report(results));
    process.exitCode = results.some(isBroken) ? 1 : 0;
  }
} catch (error) {
  console.error(error.message.split('\n')[0]);
  process.exitCode = 2;
}
