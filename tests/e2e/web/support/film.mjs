import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { run } from '../../support/processes.mjs';

const seconds = 40;

// Grain all over a moving picture: it takes what the ladder allows, as real film of leaves and water does.
const args = ['-f', 'lavfi', '-i', `testsrc2=size=1280x720:rate=25:duration=${seconds},noise=alls=22:allf=t`,
  '-f', 'lavfi', '-i', `sine=frequency=440:sample_rate=48000:duration=${seconds}`,
  '-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-b:v', '7M', '-maxrate', '7M', '-bufsize', '7M', '-g', '50',
  '-c:a', 'aac', '-ac', '2', '-movflags', '+faststart'];

/**
 * The path of a 720p clip of 40 s whose renditions come near the ceilings of the ladder. Made once and kept in the
 * system's temp folder for this user: files that run side by side may both make it, and each takes a whole one.
 */
export async function filmPath() {
  const folder = join(tmpdir(), `vod-e2e-films-${userInfo().uid}`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { uid, mode } = await stat(folder);
  assert.ok(uid === userInfo().uid && (mode & 0o022) === 0, `${folder} must be this user's alone.`);

  const file = join(folder, `${createHash('sha256').update(args.join(' ')).digest('hex').slice(0, 16)}.mp4`);
  const isThere = await stat(file).then(() => true, () => false);
  if (!isThere) {
    const part = `${file}.${randomBytes(4).toString('hex')}.mp4`;
    try {
      const { code, stderr } = await run('ffmpeg', ['-v', 'error', '-nostdin', ...args, part]);
      assert.equal(code, 0, stderr);
      await rename(part, file);
    } finally {
      await rm(part, { force: true });
    }
  }
  return file;
}

/** Its bytes. */
export async function film() { return readFile(await filmPath()); }
