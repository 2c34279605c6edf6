// Runs ffmpeg and ffprobe on files that nobody vouches for: local files only, and only containers of films.
import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** No demuxer that opens other files or addresses (hls, concat, sdp, dash), and none that reads pictures or text. */
const containers = 'mov,matroska,avi,flv,ogg,asf,mpeg,mpegts,mxf,aac,gif,apng,image2,jpeg_pipe,png_pipe';

/** Options that stand before `-i` of every input. */
export const guarded = ['-protocol_whitelist', 'file,pipe', '-format_whitelist', containers];

/**
 * Runs a tool to its end.
 * @param {'ffmpeg' | 'ffprobe'} tool
 * @param {string[]} args
 * @param {((bytes: Buffer) => void)[]} outputs take what is written to the pipes 3, 4, ... as it comes
 * @returns {Promise<{ code: number, stdout: string, stderr: string }>}
 */
export async function run(tool, args, outputs = []) {
  const child = spawn(tool, args, { stdio: ['ignore', 'pipe', 'pipe', ...outputs.map(() => 'pipe')] });
  const text = { stdout: [], stderr: [] };
  for (const name of ['stdout', 'stderr']) child[name].on('data', bytes => text[name].push(bytes));
  outputs.forEach((take, index) => child.stdio[3 + index].on('data', take));
  const failed = new Promise((_, reject) => {
    child.on('error', error => reject(error.code === 'ENOENT' ? new Error(`${tool} is not on the PATH.`) : error));
  });
  const [code] = await Promise.race([once(child, 'close'), failed]);
  return { code, stdout: Buffer.concat(text.stdout).toString(), stderr: Buffer.concat(text.stderr).toString() };
}

/** ffprobe's answer as an object, with the entries asked for. */
export async function probe(file, args) {
  const { code, stdout, stderr } = await run('ffprobe', ['-v', 'error', ...guarded, '-of', 'json', ...args, file]);
  if (code !== 0 && !stdout.trim().startsWith('{')) throw new Error(`${file}: ${stderr.trim().split('\n').at(-1)}`);
  return JSON.parse(stdout);
}

/** Collects a pipe's bytes as whole blocks of one size. */
export function blocks(size, take) {
  let rest = Buffer.alloc(0);
  return bytes => {
    rest = rest.length > 0 ? Buffer.concat([rest, bytes]) : bytes;
    let at = 0;
    for (; at + size <= rest.length; at += size) take(rest.subarray(at, at + size));
    rest = rest.subarray(at);
  };
}
