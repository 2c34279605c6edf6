// Takes a file through the whole job of a host, as a client would, and measures what comes out.
import { readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { BlockBlobClient } from '@azure/storage-blob';
import { checkHls } from '../../tools/check-hls/check.mjs';
import { loadPresentation } from '../../tools/check-hls/form/load.mjs';
import { isBroken } from '../../tools/check-hls/verdicts.mjs';
import { until } from '../e2e/support/processes.mjs';
import { beepsOf, picturesOf } from './counted.mjs';

/** Uploads a file and waits for its job's end: the video as the API has it. */
export async function takeThrough(api, file, { seconds = 300 } = {}) {
  const bytes = await readFile(file);
  const { videoId, uploadUrl } = await api.ticket(bytes.length, basename(file));
  await new BlockBlobClient(uploadUrl).uploadData(bytes);
  return until(
    `the job of ${basename(file)} has ended`,
    async () => {
      const video = await api.call('GET', `videos/${videoId}`);
      return ['COMPLETED', 'ERROR'].includes(video.job?.status) && video;
    },
    { seconds },
  );
}

/** What was published: its largest rendition's counted pictures and beeps on disk, and what check-hls says. */
export async function measure(master, file, folder) {
  const results = await checkHls(master, { source: file });
  const presentation = await loadPresentation(master);
  const pictures = presentation.tracks
    .filter(track => track.video)
    .sort((a, b) => b.video.width * b.video.height - a.video.width * a.video.height);
  const sound = presentation.tracks.find(track => track.audio.length > 0);
  const written = async (name, track) => {
    const path = join(folder, name);
    await writeFile(path, track.whole);
    return path;
  };
  const shown = await picturesOf(await written('pictures', pictures[0]));
  const heard = sound ? await beepsOf(await written('sound', sound)) : [];
  const zero = shown[0]?.time ?? 0;
  const begin = Math.min(zero, ...heard.map(each => each.time));
  const measured = (rule, name) => results.find(result => result.number === rule)?.measured?.[name];
  return {
    seconds: pictures[0].playlist.seconds,
    pictures: shown.map(each => ({ ...each, time: each.time - Math.min(zero, begin) })),
    beeps: heard.map(each => ({ ...each, time: each.time - Math.min(zero, begin) })),
    renditions: pictures.map(({ name, video, whole }) => ({
      size: `${video.width}x${video.height}`,
      bytes: whole.length,
      ...measured('source.still', name),
      ...measured('source.sync', name),
    })),
    broken: results.filter(isBroken).map(({ number, problems }) => ({ rule: number, problem: problems[0] })),
  };
}
