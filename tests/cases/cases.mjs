// Files as people really have them, after public bug reports, and what must come out. Small, made by the installed
// FFmpeg.
import changes from './files/changes.mjs';
import clock from './files/clock.mjs';
import headers from './files/headers.mjs';
import pictures from './files/pictures.mjs';

/**
 * Every case: `name`; `make(folder, file)` writes it; `wanted`: `seconds`, the `first` and `last` picture's number,
 * `lag` of the source's beeps in seconds (null: not counted), `sizes` of the renditions, `psnr` in dB of the largest.
 * Every case is held against all rules of check-hls too.
 */
export const cases = [...clock, ...headers, ...changes, ...pictures];
