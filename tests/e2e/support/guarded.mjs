// Runs a command in a process group of its own and ends the group when standard input closes: the system closes it
// however the test process ends, so nothing is left running. Usage: node guarded.mjs COMMAND ARGUMENTS...
import { spawn } from 'node:child_process';

const patienceMs = 25_000; // The host gives its own shutdown 20 s.
const [command, ...args] = process.argv.slice(2);
const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
const endGroup = () => process.kill(-process.pid, 'SIGKILL');

child.on('error', endGroup);
child.on('exit', endGroup);
process.stdin.resume().on('end', () => {
  child.kill('SIGTERM');
  setTimeout(endGroup, patienceMs);
});
