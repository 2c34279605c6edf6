import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** USER_HZ: what Linux counts CPU time in, on every common architecture. */
const ticksPerSecond = 100;

/** Memory and CPU time of a world's host, read from /proc. */
export class HostUsage {
  /** Resident memory, megabytes, a second apart. */
  samples = [];

  #id;

  #timer;

  static get isSupported() { return existsSync('/proc/self/status'); }

  constructor(world) { this.#id = hostIdOf(world); }

  get residentMb() {
    const [, kilobytes] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${this.#id}/status`, 'utf8'));
    return kilobytes / 1024;
  }

  get cpuSeconds() {
    // The name, in brackets, may hold blanks itself; what follows it begins with the third field (proc(5)).
    const stat = readFileSync(`/proc/${this.#id}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
  }

  /** The most that the host and all that it had started held at one time, megabytes: see `watchTree`. */
  peakTreeMb = 0;

  watchTree() { this.#timer = setInterval(() => { this.peakTreeMb = Math.max(this.peakTreeMb, treeMb(this.#id)); }, 200); }

  watch() { this.#timer = setInterval(() => this.samples.push(this.residentMb), 1000); }

  stop() { clearInterval(this.#timer); }
}

// The only "dotnet" that was started with this world's folder.
function hostIdOf(world) {
  for (const id of readdirSync('/proc').filter(name => /^\d+$/.test(name))) {
    let words;
    try {
      words = readFileSync(`/proc/${id}/cmdline`, 'utf8').split('\0');
    } catch {
      continue; // It has ended meanwhile.
    }
    if (words[0].endsWith('dotnet') && words.some(word => word.startsWith(world.folder))) return id;
  }
  throw new Error('The host is not among the processes.');
}

/** Resident memory of a process and all that descend from it, megabytes. */
function treeMb(root) {
  const children = new Map();
  const memory = new Map();
  for (const id of readdirSync('/proc').filter(name => /^\d+$/.test(name))) {
    try {
      const status = readFileSync(`/proc/${id}/status`, 'utf8');
      const [, parent] = /^PPid:\s+(\d+)/m.exec(status);
      children.set(parent, [...(children.get(parent) ?? []), id]);
      memory.set(id, Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1024);
    } catch {
      continue; // It has ended meanwhile.
    }
  }
  const sum = id => (memory.get(id) ?? 0) + (children.get(id) ?? []).reduce((all, child) => all + sum(child), 0);
  return sum(root);
}
