#!/usr/bin/env node
// Holds a presentation against the rules of Apple's HLS Authoring Specification and RFC 8216, and says which it breaks.
// Usage: node tests/e2e/tools/check-hls.mjs URL-OF-THE-MASTER-PLAYLIST. Exits with 1 when a MUST is broken, 2 when the
// presentation cannot be read. Needs ffprobe on the PATH.
import { checkHls } from './hls/check.mjs';
import { isBroken, report } from './hls/verdicts.mjs';

const [url] = process.argv.slice(2);
if (!URL.canParse(url ?? '')) {
  console.error('usage: check-hls.mjs URL');
  process.exit(2);
}
try {
  const results = await checkHls(url);
  console.log(report(results));
  process.exitCode = results.some(isBroken) ? 1 : 0;
} catch (error) {
  console.error(error.message);
  process.exitCode = 2;
}
