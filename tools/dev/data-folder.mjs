import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, readdirSync, realpathSync, renameSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { refuse } from './console.mjs';

const mebibyte = 1024 * 1024;

/** A process, by its id and the time of its start: the id alone may belong to somebody else by now. */
export function identityOf(pid) {
  try {
    const start = execFileSync('ps', ['-o', 'lstart=', '-p', `${pid}`], { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } });
    return `${pid} ${start.replace(/\n+$/, '')}`;
  } catch {
    return `${pid} `;
  }
}

/** The id of the process that a file records, where that still runs; else null. */
export function recorded(file) {
  try {
    const identity = readFileSync(file, 'utf8').replace(/\n+$/, '');
    const pid = Number.parseInt(identity, 10);
    process.kill(pid, 0);
    return identityOf(pid) === identity ? pid : null;
  } catch {
    return null;
  }
}

/**
 * Makes the data folder, for this user alone (uploads and keys are in it), and locks it until `unlock`.
 * @returns {{ path: string, leftovers: number[], unlock: () => void }} `leftovers`: processes of a run that was killed
 */
export function lockDataFolder(name) {
  const path = makeWritable(name);
  demandSpace(name, path);
  const lock = join(path, 'run.lock');
  const other = recorded(lock);
  if (other) refuse(`The data folder ${name} is in use by another run (process ${other}): stop it, or choose another with --data.`);
  discard(lock);
  try {
    writeNew(lock, identityOf(process.pid));
  } catch {
    refuse(`The data folder ${name} is in use by another run: choose another with --data.`);
  }
  for (const folder of ['logs', 'azurite']) mkdirSync(join(path, folder), { recursive: true });
  const leftovers = readdirSync(path).filter(file => file.endsWith('.pid')).map(file => recorded(join(path, file))).filter(Boolean);
  return { path, leftovers, unlock: () => rmSync(lock, { force: true }) };
}

function makeWritable(name) {
  try {
    mkdirSync(name, { recursive: true, mode: 0o700 });
  } catch {
    refuse(`The data folder ${name} cannot be made.`);
  }
  const path = realpathSync(name);
  try {
    writeNew(join(path, `.probe-${process.pid}`), '');
    rmSync(join(path, `.probe-${process.pid}`));
  } catch {
    refuse(`The data folder ${name} cannot be written.`);
  }
  return path;
}

function demandSpace(name, path) {
  const { bavail, bsize } = statfsSync(path);
  const free = Math.floor((bavail * bsize) / mebibyte);
  const needed = Number(process.env.VOD_MIN_FREE_MB || 500);
  if (!(free >= needed)) refuse(`The disk is full: ${free} MB are free for the data folder ${name}, ${needed} MB are needed.`);
}

// Left by a run that was killed. Renaming is atomic: of two that find it, one goes on.
function discard(lock) {
  try {
    renameSync(lock, `${lock}.${process.pid}`);
    rmSync(`${lock}.${process.pid}`);
  } catch {
    // There was none.
  }
}

function writeNew(file, text) {
  const opened = openSync(file, 'wx');
  writeSync(opened, text);
  closeSync(opened);
}
