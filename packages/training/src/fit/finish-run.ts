import { rename, rm } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { TrainedModelCard } from '@mien/contract';
import type tf from '@tensorflow/tfjs';
import { headTargets } from '../dataset/head-targets.ts';
import type { ImageDataset } from '../dataset/image-dataset.ts';
import { evaluateModel, type ScoredSplit } from '../evaluate/evaluate-model.ts';
import { predictHeads } from '../evaluate/predict-heads.ts';
import { writeReport } from '../report/write-report.ts';
import { calibrate } from './calibrate.ts';
import type { FitOptions } from './fit-options.ts';
import { makeCard, type Lineage } from './make-card.ts';
import { toModelFiles } from './model-files.ts';
import type { Recipe } from './recipe.ts';
import { writeRunRecord } from './run-record.ts';
import type { SourceModels } from './source-models.ts';
import type { TrainResult } from './train.ts';
import { writeAtomically } from './write-atomically.ts';

/** What a trained network is finished with. */
export interface FinishParams {
  readonly folder: string;
  readonly options: FitOptions;
  readonly models: SourceModels;
  readonly recipe: Recipe;
  readonly dataset: ImageDataset;
  /** Holds the weights that are to be saved. */
  readonly model: tf.LayersModel;
  readonly result: TrainResult;
  readonly backend: string;
  /** See `RunRecord`. */
  readonly code: string;
  readonly lineage?: Lineage | undefined;
}

/** Files that a finished run leaves, in the order in which they are put in place: the card makes the model readable. */
const FILES = [
  'weights.bin',
  'model.json',
  'history.json',
  'report.html',
  'skipped.txt',
  'card.json',
] as const;

/** Scores every head on a split; empty where the dataset has no such split. */
const score = async (
  { model, dataset }: FinishParams,
  split: 'validation' | 'test',
): Promise<ScoredSplit[]> => {
  const samples = dataset[split];
  if (samples === undefined) return [];
  const probabilities = await predictHeads({ model, split: samples, geometry: dataset });
  return headTargets(dataset, samples).map((head, index) =>
    evaluateModel({
      ...head,
      dataset: dataset.name,
      split,
      // The best epoch and the temperatures were chosen on the validation images.
      usedForSelection: split === 'validation',
      probabilities: probabilities[index] as Float32Array,
    }),
  );
};

const jsonText = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** Puts complete files from `from` into `to`; while it runs there is no card, so that no mixture passes for a model. */
const moveIntoPlace = async (from: string, to: string, present: ReadonlySet<string>): Promise<void> => {
  await rm(join(to, 'card.json'), { force: true });
  for (const file of FILES) {
    if (present.has(file)) await rename(join(from, file), join(to, file));
    else await rm(join(to, file), { force: true });
  }
};

/**
 * Calibrates and scores a trained network and writes everything that is to be kept of the run: first all files into a
 * folder beside, then each into its place.
 *
 * @returns the model's card.
 * @throws {WriteFailedError} when a file cannot be written; an earlier model in the folder is then still whole.
 */
export const finishRun = async (params: FinishParams): Promise<TrainedModelCard> => {
  const { folder, options, models, recipe, dataset, model, result, backend, code, lineage } = params;
  const calibrations = await calibrate(model, dataset);
  const validations = await score(params, 'validation');
  const tests = await score(params, 'test');
  const scored = calibrations.map((calibration, head) => ({
    calibration,
    evaluation: [validations[head], tests[head]].flatMap((split) => split?.evaluation ?? []),
  }));
  const name = basename(resolve(folder));
  const card = makeCard({
    name,
    options,
    recipe,
    dataset,
    model,
    ...result,
    heads: scored,
    backend,
    lineage,
  });
  const files = await toModelFiles(model);
  const contents = new Map<string, string | Uint8Array>([
    ['weights.bin', files.weights],
    ['model.json', files.json],
    ['history.json', jsonText(result.history)],
    ['card.json', jsonText(card)],
  ]);
  if (dataset.skipped.length > 0) {
    contents.set(
      'skipped.txt',
      dataset.skipped.map(({ source, reason }) => `${source}\t${reason}\n`).join(''),
    );
  }
  // Always the same, so that a run that takes up a killed one clears what that left.
  const staging = join(folder, '.finishing');
  await rm(staging, { recursive: true, force: true });
  try {
    for (const [file, content] of contents) await writeAtomically(join(staging, file), content);
    await writeReport({
      file: join(staging, 'report.html'),
      title: name,
      card,
      history: result.history,
      result: (tests[0] ?? validations[0]) as ScoredSplit,
      split: tests.length === 0 ? dataset.validation : (dataset.test as NonNullable<typeof dataset.test>),
      skipped: dataset.skipped,
    });
    await moveIntoPlace(staging, folder, new Set([...contents.keys(), 'report.html']));
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
  await writeRunRecord(folder, { options, models, code, data: dataset.fingerprint });
  return card;
};
