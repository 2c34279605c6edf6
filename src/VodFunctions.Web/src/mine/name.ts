import type { Video } from '../api/types';
import { text } from './texts';

/** What a video is called: as its file was. */
export function nameOf(video: Video): string {
  return video.fileName?.trim() || text().unnamed;
}
