import { detectFaces, givenOptions, readFaces } from '@mien/pipeline';
import { performance } from 'node:perf_hooks';
import type { RecognizedImage } from '../recognizer.ts';
import type { RecognizeTask, WorkerSetup } from './jobs.ts';
import type { OpenGraphs } from './open-graphs.ts';
import { readFrame } from './read-frame.ts';

/**
 * Reads a picture, finds its faces and reads them.
 *
 * @param continueIfWanted is called between the parts, and throws where the work is not worth going on with.
 * @throws what reading, finding and reading faces throw.
 */
export const recognizeFrame = async (
  { image, settings, cropPx }: RecognizeTask,
  setup: WorkerSetup,
  { detector, expression }: OpenGraphs,
  continueIfWanted: () => void,
): Promise<RecognizedImage> => {
  if (detector === undefined) throw new TypeError('This worker was started without a detector.');
  const { unsureBelow, ...finding } = { ...setup.recognition, ...settings };
  const started = performance.now();
  const frame = await readFrame(image, setup);
  const decoded = performance.now();
  continueIfWanted();
  const found = await detectFaces({ frame, detector, ...finding });
  const detected = performance.now();
  continueIfWanted();
  const options = givenOptions({ cropPx, unsureBelow });
  const faces = await readFaces({ frame, faces: found, expression, options });
  const { widthPx, heightPx } = frame;
  const timing = {
    decodeMs: decoded - started,
    detectMs: detected - decoded,
    readMs: performance.now() - detected,
  };
  return { widthPx, heightPx, faces, timing };
};
