import { loadPresentation } from './form/load.mjs';
import delivery from './form/rules-delivery.mjs';
import picture from './form/rules-picture.mjs';
import playlists from './form/rules-playlists.mjs';
import timing from './form/rules-timing.mjs';
import { compare } from './source/compare.mjs';
import comparedPicture from './source/rules-picture.mjs';
import comparedTime from './source/rules-time.mjs';
import { judge } from './verdicts.mjs';

/** The rules of form: numbers of Apple's HLS Authoring Specification, and sections of RFC 8216. */
export const rules = [...picture, ...timing, ...playlists, ...delivery];

/** The rules of comparison with the source. */
export const sourceRules = [...comparedTime, ...comparedPicture];

/**
 * What each rule says of the presentation at that URL.
 * @param {string} url of the master playlist
 * @param {{ source?: string }} options the file that it was made of, to compare with
 */
export async function checkHls(url, { source } = {}) {
  const presentation = await loadPresentation(url);
  const form = judge(rules, presentation);
  return source ? [...form, ...judge(sourceRules, await compare(presentation, source))] : form;
}
