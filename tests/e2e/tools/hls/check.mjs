import { loadPresentation } from './load.mjs';
import delivery from './rules-delivery.mjs';
import picture from './rules-picture.mjs';
import playlists from './rules-playlists.mjs';
import timing from './rules-timing.mjs';
import { judge } from './verdicts.mjs';

/** Every rule: the numbers of Apple's HLS Authoring Specification, and sections of RFC 8216. */
export const rules = [...picture, ...timing, ...playlists, ...delivery];

/** What each rule says of the presentation at that URL. */
export async function checkHls(url) {
  return judge(rules, await loadPresentation(url));
}
