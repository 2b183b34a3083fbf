import type { WatchOptions, RecognizeOptions, Recognizer } from '@mien/infer-node';
import type { Input, Missing } from '../inputs/input.ts';
import { UnwritableOutputError } from '../outputs/output-error.ts';
import type { InOrder, Output, VideoOutput } from '../outputs/output.ts';
import { mapInOrder } from './map-in-order.ts';
import type { Failure, PictureResult } from './result.ts';
import type { Tally } from './tally.ts';

/** What a run works with. */
export interface Run {
  readonly recognizer: Pick<Recognizer, 'recognizeImage' | 'watch' | 'concurrency'>;
  readonly outputs: readonly Output[];
  readonly tally: Tally;
  readonly pictureOptions: RecognizeOptions;
  readonly videoOptions: WatchOptions;
  /** Stops the run. */
  readonly signal: AbortSignal;
  /** Is told of every input that cannot be read, or not be turned into all that was asked for. */
  readonly onFailure: (failure: Failure) => void;
  /** An input is done. */
  readonly onInput: (name: string) => void;
  /** A frame of a video is done. */
  readonly onFrame: (name: string, timeMs: number) => void;
}

/** Pictures whose results are written while the recognizer is busy with others. */
const WRITING_AT_ONCE = 2;

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

const fail = async (run: Run, failure: Failure): Promise<void> => {
  run.signal.throwIfAborted();
  run.tally.addFailure();
  run.onFailure(failure);
  for (const output of run.outputs) await output.failure(failure);
};

/** Lets one output work on a picture; where it cannot, that is told of in its turn and the other outputs go on. */
const outputPicture = async (run: Run, output: Output, result: PictureResult): Promise<InOrder> => {
  try {
    return await output.picture(result);
  } catch (error) {
    return () => {
      run.tally.addFailure();
      run.onFailure({ name: result.input.name, error: asError(error) });
    };
  }
};

/** Reads one picture and lets the outputs work on it; what is left has to wait for the pictures before. */
const readPicture = async (run: Run, input: Input): Promise<() => Promise<void>> => {
  const { name, source } = input;
  try {
    run.signal.throwIfAborted();
    const { recognizer, pictureOptions, signal } = run;
    const image = await recognizer.recognizeImage(source, { ...pictureOptions, signal });
    const { widthPx, heightPx, faces } = image;
    const result = { input, widthPx, heightPx, faces };
    const inOrder: InOrder[] = [];
    for (const output of run.outputs) inOrder.push(await outputPicture(run, output, result));
    return async () => {
      run.tally.addPicture(faces);
      for (const step of inOrder) await step?.();
    };
  } catch (error) {
    return () => fail(run, { name, error: asError(error) });
  }
};

const readVideo = async (run: Run, input: Input): Promise<void> => {
  const { name, source } = input;
  if (typeof source !== 'string') throw new TypeError('A video lies in a file.');
  const videos: VideoOutput[] = [];
  for (const output of run.outputs) videos.push(await output.video(input));
  const track = run.tally.startVideo();
  try {
    let index = 0;
    const frames = run.recognizer.watch(source, { ...run.videoOptions, signal: run.signal });
    for await (const frame of frames) {
      run.signal.throwIfAborted();
      track.addFrame(frame);
      for (const video of videos) await video.frame({ ...frame, index });
      index += 1;
      run.onFrame(name, frame.timeMs);
    }
    for (const video of videos) await video.end();
    track.end();
  } catch (error) {
    for (const video of videos) await video.abandon();
    // A full disk is not the video's fault, and what was written of all results must not take an older one's place.
    if (error instanceof UnwritableOutputError) throw error;
    await fail(run, { name, error: asError(error) });
  }
};

/** Cuts a list into stretches of pictures, several of which are read at once, and single other inputs. */
function* stretches(
  inputs: readonly (Input | Missing)[],
): Generator<readonly Input[] | Missing | Input, void, undefined> {
  let pictures: Input[] = [];
  for (const input of inputs) {
    if (input.kind === 'picture') {
      pictures.push(input);
      continue;
    }
    if (pictures.length > 0) yield pictures;
    pictures = [];
    yield input;
  }
  if (pictures.length > 0) yield pictures;
}

/**
 * Reads all inputs and hands the results to every output in the inputs' order. An input that cannot be read is told of
 * and does not stop the others.
 *
 * @throws the signal's reason once it is aborted, and what an output throws that cannot go on.
 */
export const runInputs = async (run: Run, inputs: readonly (Input | Missing)[]): Promise<void> => {
  for (const stretch of stretches(inputs)) {
    run.signal.throwIfAborted();
    if ('error' in stretch) {
      await fail(run, stretch);
      run.onInput(stretch.name);
    } else if ('kind' in stretch) {
      await readVideo(run, stretch);
      run.onInput(stretch.name);
    } else {
      const begun = mapInOrder(stretch, run.recognizer.concurrency + WRITING_AT_ONCE, async (input) => ({
        name: input.name,
        conclude: await readPicture(run, input),
      }));
      for await (const { name, conclude } of begun) {
        await conclude();
        run.onInput(name);
      }
    }
  }
};
