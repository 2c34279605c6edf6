import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './processes.mjs';

/** The bytes of a generated clip: a moving test picture (or another source of FFmpeg), and a tone in stereo. */
export async function makeClip(
  { size = '320x180', rate = 25, seconds = 2, bitrate = null, sound = true, source = 'testsrc2' } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'vod-clip-'));
  const file = join(folder, 'clip.mp4');
  try {
    const { code, stderr } = await run('ffmpeg', ['-v', 'error', '-nostdin',
      '-f', 'lavfi', '-i', `${source}${source.includes('=') ? ':' : '='}size=${size}:rate=${rate}:duration=${seconds}`,
      ...(sound ? ['-f', 'lavfi', '-i', `sine=frequency=440:sample_rate=48000:duration=${seconds}`] : []),
      '-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', ...(bitrate ? ['-b:v', bitrate] : []),
      '-c:a', 'aac', '-ac', '2', '-movflags', '+faststart', file]);
    assert.equal(code, 0, stderr);
    return await readFile(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
