import type { FaceReading, TrackedFace } from '@mien/pipeline';
import type { Input } from '../inputs/input.ts';
import type { PictureResult, Summary } from '../run/result.ts';
import type { Output } from './output.ts';
import type { TextSink } from './text-sink.ts';

/** Keeps what is written to it. */
export class KeptSink implements TextSink {
  text = '';
  isFinished = false;
  isDiscarded = false;

  async write(text: string): Promise<void> {
    this.text += text;
  }

  async finish(): Promise<void> {
    this.isFinished = true;
  }

  async discard(): Promise<void> {
    this.isDiscarded = true;
  }
}

export const pictureInput = (name: string): Input => ({
  kind: 'picture',
  name,
  source: `/pictures/${name}`,
  outputStem: name.replace(/\.\w+$/u, ''),
});

export const videoInput = (name: string): Input => ({ ...pictureInput(name), kind: 'video' });

export const pictureResult = (name: string, faces: readonly FaceReading[]): PictureResult => ({
  input: pictureInput(name),
  widthPx: 800,
  heightPx: 600,
  faces,
});

export const SUMMARY: Summary = { pictures: 1, videos: 0, faces: 1, unsureFaces: 0, failed: 0, seconds: 1.5 };

/** Hands a picture to an output and does what has to wait for its turn. */
export const givePicture = async (output: Output, result: PictureResult): Promise<void> => {
  const inOrder = await output.picture(result);
  await inOrder?.();
};

/** Hands a video to an output, a frame for every list of faces, ten a second. */
export const giveVideo = async (
  output: Output,
  name: string,
  frames: readonly (readonly TrackedFace[])[],
): Promise<void> => {
  const video = await output.video(videoInput(name));
  for (const [index, faces] of frames.entries())
    await video.frame({ index, timeMs: index * 100, widthPx: 640, heightPx: 360, faces });
  await video.end();
};
