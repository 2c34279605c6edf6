import { accessSync, constants, statSync } from 'node:fs';
import { refuse } from './console.mjs';

const readers = {
  '--port': value => ({ port: /^\d{1,5}$/.test(value) && Number(value) <= 65535 ? Number(value) : refuse('--port takes a number from 0 to 65535.') }),
  '--data': value => ({ data: value || refuse('--data takes a folder.') }),
  '--video': value => ({ video: value || refuse('--video takes a file.') }),
};
const flags = { '--no-demo': { demo: false }, '--all': { all: true }, '--check': { check: true } };

/**
 * The options of a verb.
 * @param {string[]} args as typed
 * @param {object} defaults of the options that the verb has
 */
export function readOptions(args, defaults) {
  const found = { ...defaults };
  for (let at = 0; at < args.length; at++) {
    const name = args[at];
    const given = flags[name] ?? (Object.hasOwn(readers, name) && nameOf(name) in defaults ? readers[name](args[++at] ?? '') : {});
    const [[option, value] = []] = Object.entries(given);
    if (!option || !(option in defaults)) refuse(`Unknown option ${name}: see ./dev --help.`);
    found[option] = value;
  }
  if (found.video) checkVideo(found.video);
  return found;
}

const nameOf = option => option.slice(2);

function checkVideo(file) {
  try {
    accessSync(file, constants.R_OK);
    if (!statSync(file).isFile()) throw new Error('Not a file.');
  } catch {
    refuse(`The video ${file} is missing or cannot be read.`);
  }
  if (statSync(file).size === 0) refuse(`The video ${file} is empty.`);
}
