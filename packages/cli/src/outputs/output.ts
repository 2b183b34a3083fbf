import type { Input } from '../inputs/input.ts';
import type { Failure, PictureResult, Summary, VideoFrame } from '../run/result.ts';

/** What has to be done in the order of the inputs; nothing where the order does not matter. */
export type InOrder = (() => void | Promise<void>) | undefined;

/** What one output makes of one video, called frame by frame. */
export interface VideoOutput {
  frame(frame: VideoFrame): void | Promise<void>;
  /** The video is over. */
  end(): void | Promise<void>;
  /** The video cannot be read any further: what was begun is taken back, or ended as it is. */
  abandon(): void | Promise<void>;
}

/**
 * Something that results are turned into: a table, a file, a folder of pictures. What is written becomes visible when it
 * is whole.
 */
export interface Output {
  /** Makes what it can of a picture; several at once. What it returns is called when the pictures before are done. */
  picture(result: PictureResult): Promise<InOrder>;
  /** Begins a video; one at a time, in its place among the pictures. */
  video(input: Input): VideoOutput | Promise<VideoOutput>;
  /** Is told of inputs that cannot be read, in their place. */
  failure(failure: Failure): void | Promise<void>;
  /** All is read. */
  end(summary: Summary): void | Promise<void>;
  /** Gives up and deletes what is not whole: the run was stopped, or failed as a whole. */
  discard(): void | Promise<void>;
}
