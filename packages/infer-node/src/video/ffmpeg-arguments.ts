/** Times are written in millionths of a second. */
export const TICKS_PER_MS = 1000;

/** Whatever the rate is said to be, every frame that the filters let through is written once. */
const OUTPUT_FPS = 25;

/** True for the first frame in each slot of 1/fps seconds; the small share takes up the rounding of times. */
const firstInSlot = (fps: number): string => {
  const slot = (time: string): string => `floor(${time}*${fps}+0.001)`;
  return `isnan(prev_selected_t)+gt(${slot('t')},${slot('prev_selected_t')})`;
};

/**
 * The arguments with which ffmpeg writes a video's frames to its standard output as raw RGBA, turned upright by the
 * file's rotation, and to its standard error one line for each that tells its own time and size.
 *
 * Frames keep the times that the file gives them, also where their rate varies: of those in a slot of 1/fps seconds the
 * first is taken, none is repeated or moved. For the output, which must have a steady rate, they are numbered anew
 * afterwards. Nothing but the file itself is opened: not what a playlist in it may name on the network.
 *
 * @param path absolute.
 */
export const ffmpegArguments = (path: string, fps: number): string[] => {
  const filters = [
    `select='${firstInSlot(fps)}'`,
    'settb=AVTB',
    'showinfo=checksum=0',
    `settb=1/${OUTPUT_FPS}`,
    'setpts=N',
  ];
  const manner = ['-nostdin', '-hide_banner', '-nostats', '-loglevel', 'level+info'];
  const input = ['-protocol_whitelist', 'file', '-i', `file:${path}`];
  const picture = ['-map', '0:v:0', '-vf', filters.join(','), '-r', String(OUTPUT_FPS)];
  const output = ['-f', 'rawvideo', '-pix_fmt', 'rgba', 'pipe:1'];
  return [...manner, ...input, ...picture, ...output];
};
