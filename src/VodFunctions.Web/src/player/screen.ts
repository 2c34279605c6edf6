/** An element of older iPhones, where only a video itself can fill the screen. */
type WebkitVideo = HTMLVideoElement & { webkitEnterFullscreen?(): void };

/** Whether something can fill the screen here. */
export function canFill(video: HTMLVideoElement): boolean {
  return document.fullscreenEnabled || (video as WebkitVideo).webkitEnterFullscreen !== undefined;
}

/** Fills the screen with the player, or ends that. */
export async function toggleFullscreen(player: HTMLElement, video: HTMLVideoElement): Promise<void> {
  try {
    if (document.fullscreenElement) await document.exitFullscreen();
    else if (document.fullscreenEnabled) await player.requestFullscreen();
    else (video as WebkitVideo).webkitEnterFullscreen?.();
  } catch (error) {
    console.warn('full screen', error);
  }
}

/** Shows the film in a small window above others, or ends that. */
export async function togglePictureInPicture(video: HTMLVideoElement): Promise<void> {
  try {
    if (document.pictureInPictureElement) await document.exitPictureInPicture();
    else await video.requestPictureInPicture();
  } catch (error) {
    console.warn('picture in picture', error);
  }
}
