/** Is told of a frame that the page shows: its time in the video, milliseconds. */
export type FrameListener = (timeMs: number) => void;

const byVideoFrames = (video: HTMLVideoElement, listener: FrameListener): (() => void) => {
  let handle = 0;
  const listen = (): void => {
    handle = video.requestVideoFrameCallback((_, { mediaTime }) => {
      listen();
      listener(mediaTime * 1000);
    });
  };
  listen();
  return () => video.cancelVideoFrameCallback(handle);
};

/** For browsers that do not tell of frames: looks, as often as the page is drawn, whether the video has gone on. */
const byPageFrames = (video: HTMLVideoElement, listener: FrameListener): (() => void) => {
  let handle = 0;
  let lastTime = -1;
  const look = (): void => {
    handle = requestAnimationFrame(look);
    const { currentTime, readyState } = video;
    if (readyState < HTMLMediaElement.HAVE_CURRENT_DATA || currentTime === lastTime) return;
    lastTime = currentTime;
    listener(currentTime * 1000);
  };
  handle = requestAnimationFrame(look);
  return () => cancelAnimationFrame(handle);
};

/**
 * Tells of each new frame of a video that the page shows, and of nothing while it is paused or hidden.
 *
 * @returns ends the telling.
 */
export const onVideoFrame = (video: HTMLVideoElement, listener: FrameListener): (() => void) =>
  'requestVideoFrameCallback' in HTMLVideoElement.prototype
    ? byVideoFrames(video, listener)
    : byPageFrames(video, listener);
