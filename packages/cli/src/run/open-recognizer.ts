import { createRecognizer, type Recognizer } from '@mien/infer-node';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import type { RecognizeFlags } from '../commands/recognize-flags.ts';
import { nameFor } from '../words/name-for.ts';
import { givenFields } from './given-fields.ts';

/** More threads than this each hold the models for little more speed. */
const MAX_WORKERS = 4;

/**
 * How many pictures are read at once where nobody says: as many as there are, up to the processor's cores; one on a
 * graphics card, which takes one after the other anyway.
 */
export const defaultWorkers = (pictures: number, device: RecognizeFlags['device']): number =>
  device === 'cpu' ? Math.max(1, Math.min(pictures, MAX_WORKERS, availableParallelism())) : 1;

/** Loads the models as a command line asks for. @throws what `createRecognizer` throws. */
export const openRecognizer = (flags: RecognizeFlags, workers: number, cwd: string): Promise<Recognizer> => {
  const { device, threads, minConfidence, maxFaces, tiles, unsureBelow, ffmpeg, model, card } = flags;
  return createRecognizer({
    device,
    workers,
    ...givenFields({
      threads,
      minConfidence,
      maxFaces,
      tiles,
      unsureBelow,
      ffmpeg,
      model: model === undefined ? undefined : resolve(cwd, model),
      card: card === undefined ? undefined : resolve(cwd, card),
    }),
  });
};

/** Says which model is in use and where, in lines for people. */
export const describeRecognizer = (recognizer: Recognizer, cwd: string): readonly string[] => {
  const { model, card, device, selfTestDifference } = recognizer;
  return [
    `Model   ${nameFor(model, cwd)} (${card.name}, ${card.labels.length} labels, trained on ${card.training.dataset.name})`,
    `Device  ${device.provider}; self-test within ${selfTestDifference.toExponential(1)} of the card`,
  ];
};
