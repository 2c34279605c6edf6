/** What went wrong, as one sentence for the person at the terminal: no stack trace helps there. */
export class Refusal extends Error {}

/** Ends the verb with that sentence and exit code 1. */
export function refuse(sentence) {
  throw new Refusal(sentence);
}

export const say = line => process.stdout.write(`${line}\n`);

let interrupted = false;

/** From now on the verb is ended by a signal, and says nothing more. */
export function interrupt() {
  interrupted = true;
}

/** Never goes on after a signal: what fails then, fails because of it. */
export const unlessInterrupted = () => (interrupted ? new Promise(() => {}) : Promise.resolve());

/** Ends with 1 for a refusal, and otherwise with what `verb` returns, or 0. */
export async function exitWith(verb) {
  try {
    return (await verb()) ?? 0;
  } catch (error) {
    await unlessInterrupted();
    if (!(error instanceof Refusal)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
}
