// Rules of comparison: length, sound, and picture and sound together.
import { isSilent, levels } from './sound.mjs';
import { frameOf, watch } from './watch.mjs';

const eachRendition = ({ renditions }, check) =>
  renditions.forEach(rendition => check(rendition, problem => `${rendition.track.name}: ${problem}`));
const at = seconds => `${seconds.toFixed(2)} s`;
const ms = seconds => Math.round(1000 * seconds);
const outOfOrder = 'packets of the source stand in other places than their times say';

/** Seconds of a part of the sound that is looked at for silence. */
const step = 0.25;

/** dB of full scale: what is louder is heard. */
const heard = -45;

/** dB: so much quieter it is gone. */
const gone = 20;

/** dB. */
const mostLevel = 1;

/** Seconds: ITU-R BT.1359 has 45 ms for sound that comes early as what viewers notice. */
const mostSync = 0.045;

/**
 * Expected gain of the sum of both channels over the source's, by its channels: mono comes from both loudspeakers as
 * loud.
 */
const gain = { 1: 10 * Math.log10(2), 2: 0 };

export default [
  {
    number: 'source.length',
    level: 'MUST',
    title: 'It is as long as the source: from the first picture or sound to the last',
    check: (comparison, verdict) => {
      const { source, facts, renditions } = comparison;
      if (facts.clock.isOutOfOrder) return verdict.skip(outOfOrder);
      // A picture that stands to a declared end may be in the header alone; the last packets may not decode.
      const longest = Math.max(source.end, facts.clock.seconds, source.sound ? 0 : facts.seconds ?? 0);
      verdict.measure('source', { seconds: source.end });
      for (const { track, pictures, sound } of renditions) {
        const slack = 0.15 + Math.max(frameOf({ pictures }), Math.min(1, source.interval));
        // Sound may end with the source's sound: silence after it says nothing.
        const ends = [['playlist', track.playlist.seconds, source.end]];
        if (sound && source.sound) ends.push(['sound', sound.end, Math.min(source.end, source.sound.end)]);
        verdict.measure(track.name, { seconds: track.playlist.seconds });
        for (const [what, seconds, least] of ends) {
          verdict.expect(
            seconds >= least - slack && seconds <= longest + slack,
            `${track.name}: ${what} ends at ${seconds.toFixed(3)} s, the source at ${least.toFixed(3)} s`,
          );
        }
      }
      return undefined;
    },
  },
  {
    number: 'source.time',
    level: 'MUST',
    title: 'Pictures stand at their times, within 100 ms',
    check: (comparison, verdict) => {
      if (comparison.facts.clock.isOutOfOrder) return verdict.skip(outOfOrder);
      return eachRendition(comparison, (rendition, say) => {
        const bound = 0.1 + Math.min(0.2, comparison.source.interval);
        for (const { from, picture } of watch(rendition, comparison).parts) {
          if (picture !== null)
            verdict.expect(Math.abs(picture) <= bound, say(`from ${at(from)} on ${ms(picture)} ms late`));
        }
      });
    },
  },
  {
    number: 'source.sync',
    level: 'MUST',
    title: `Sound and picture are as far apart as in the source, within ${ms(mostSync)} ms or a frame`,
    check: (comparison, verdict) => {
      if (isSilent(comparison.source.sound)) return verdict.skip('the source is silent');
      if (comparison.facts.clock.isOutOfOrder) return verdict.skip(outOfOrder);
      let measured = 0;
      eachRendition(comparison, (rendition, say) => {
        const { parts } = watch(rendition, comparison);
        const usual = parts
          .map(part => part.picture)
          .filter(offset => offset !== null)
          .sort((a, b) => a - b);
        const offsets = [];
        for (const { from, picture, sound } of parts) {
          if (sound === null) continue;
          measured++;
          // Where the picture stands still, that of the nearest part counts; where it always does, its own time.
          const apart = sound - (picture ?? usual[usual.length >> 1] ?? 0);
          offsets.push(apart);
          verdict.expect(
            Math.abs(apart) <= Math.max(mostSync, frameOf(rendition) + 0.01),
            say(`from ${at(from)} on sound is ${Math.abs(ms(apart))} ms ${apart < 0 ? 'early' : 'late'}`),
          );
        }
        if (offsets.length > 0) {
          verdict.measure(rendition.track.name, {
            syncMs: ms(offsets.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a))),
          });
        }
      });
      return measured === 0 ? verdict.skip('the sound is even: nothing tells a time') : undefined;
    },
  },
  {
    number: 'source.sound',
    level: 'MUST',
    title: 'Sound is where the source has sound, and nowhere else',
    check: (comparison, verdict) => {
      const { source, facts } = comparison;
      if (!source.sound) return verdict.skip('the source has none');
      const own = levels(source.sound, 0, source.end, step);
      if (own.every(level => level < heard)) return verdict.skip('the source is silent');
      return eachRendition(comparison, ({ sound }, say) => {
        if (!sound) return verdict.expect(false, say('has no sound at all'));
        const other = levels(sound, 0, source.end, step);
        // More channels come down to two: what stands in one of them gets quieter.
        const quieter = gone + (facts.audio.channels > 2 ? 6 : 0);
        const around = (list, index) => Math.max(...list.slice(Math.max(0, index - 1), index + 2));
        const silent = own.flatMap((level, index) =>
          level > heard && around(other, index) < level - quieter ? [index * step] : [],
        );
        const strange = other.flatMap((level, index) =>
          level > heard && around(own, index) < level - gone - 5 ? [index * step] : [],
        );
        verdict.expect(
          silent.length === 0,
          say(`silent at ${silent.slice(0, 4).map(at).join(', ')} (${silent.length} in all)`),
        );
        return verdict.expect(
          strange.length === 0,
          say(`sound at ${strange.slice(0, 4).map(at).join(', ')} (${strange.length} in all) that the source has not`),
        );
      });
    },
  },
  {
    number: 'source.level',
    level: 'MUST',
    title: `Mono and stereo are as loud as the source, within ${mostLevel} dB`,
    check: (comparison, verdict) => {
      const { source, facts } = comparison;
      const expected = gain[facts.audio?.channels];
      if (isSilent(source.sound)) return verdict.skip('the source is silent');
      if (expected === undefined || source.layouts > 1)
        return verdict.skip('more than two channels come down to two, or their layout changes');
      const own = levels(source.sound, 0, source.end, step);
      return eachRendition(comparison, (rendition, say) => {
        if (!rendition.sound) return;
        const other = levels(rendition.sound, 0, source.end, step);
        const pairs = own
          .map((level, index) => [level, other[index]])
          .filter(([a, b]) => a > heard && b > heard - gone);
        if (pairs.length === 0) return;
        const sum = index => pairs.reduce((all, pair) => all + 10 ** (pair[index] / 10), 0);
        const difference = 10 * Math.log10(sum(1) / sum(0)) - expected;
        verdict.measure(rendition.track.name, { level: difference });
        verdict.expect(
          Math.abs(difference) <= mostLevel,
          say(`${Math.abs(difference).toFixed(1)} dB ${difference < 0 ? 'quieter' : 'louder'}`),
        );
      });
    },
  },
];
