import { BlockBlobClient } from '@azure/storage-blob';
import { Api } from './api.mjs';
import { makeClip } from './clips.mjs';
import { startWorld } from './world.mjs';

/** A host that has published one clip: its master playlist's URL, and what the API says of it. */
export async function publish(clip, settings) {
  const world = await startWorld(settings);
  try {
    const api = await Api.signIn(world.url, 'uploader');
    const bytes = await makeClip(clip);
    const { videoId, uploadUrl } = await api.ticket(bytes.length);
    await new BlockBlobClient(uploadUrl).uploadData(bytes);
    const { playback } = await api.completed(videoId);
    return { world, playback, master: new URL(playback.master, world.url).href };
  } catch (error) {
    await world.stop();
    throw error;
  }
}
