import { modelFingerprint } from '../evaluate/model-fingerprint.ts';
import type { FitOptions } from './fit-options.ts';

/** Fingerprints of the trained models that a run takes something from, under the names of their options. */
export interface SourceModels {
  readonly init?: string;
  readonly teachers?: readonly string[];
}

/**
 * Fingerprints the models that a run's options name. In place of their folders they tell whether two runs take from the
 * same models, wherever these lie.
 *
 * @throws what `modelFingerprint` throws.
 */
export const sourceModels = async ({
  init,
  teachers,
}: Pick<FitOptions, 'init' | 'teachers'>): Promise<SourceModels> => ({
  ...(init === undefined ? {} : { init: await modelFingerprint(init) }),
  ...(teachers === undefined ? {} : { teachers: await Promise.all(teachers.map(modelFingerprint)) }),
});
