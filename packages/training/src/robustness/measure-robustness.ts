import type { Evaluation } from '@mien/contract';
import type { InputGeometry } from '@mien/pixels';
import type tf from '@tensorflow/tfjs';
import type { ImageSplit } from '../dataset/image-dataset.ts';
import type { Split } from '../dataset/sample.ts';
import type { ChosenHead } from '../evaluate/choose-head.ts';
import { evaluateModel } from '../evaluate/evaluate-model.ts';
import { predictHeads } from '../evaluate/predict-heads.ts';
import { corruptSplit } from './corrupt-split.ts';
import type { Corruption, CorruptionLevel, Level } from './corruption.ts';

/** How a model does on one version of the images. */
export type RobustnessScores = Pick<Evaluation, 'samples' | 'accuracy' | 'accuracyInterval95' | 'macroF1'>;

/** How a model does on images that were corrupted in one way. */
export interface RobustnessRow extends RobustnessScores {
  readonly corruption: string;
  /** How much of it, with the unit. */
  readonly strength: string;
  readonly level: Level;
}

/** How one head of a model does on corrupted images of one split. */
export interface RobustnessTable {
  readonly dataset: string;
  readonly split: Split;
  readonly protocol: string;
  /** The output that was scored; absent for the main one. */
  readonly output?: string;
  /** The same images as they are. */
  readonly clean: RobustnessScores;
  /** Three for each corruption, mild first. */
  readonly rows: readonly RobustnessRow[];
}

/** How far {@link measureRobustness} has come. */
export interface RobustnessProgress {
  /** Images looked at, each version counted. */
  readonly done: number;
  readonly total: number;
  /** The version that is being looked at, e.g. `blur 2`. */
  readonly what: string;
}

/** What to measure. */
export interface MeasureRobustnessParams {
  readonly model: tf.LayersModel;
  readonly geometry: InputGeometry;
  readonly dataset: string;
  readonly split: Split;
  /** How samples are chosen for scoring, in words. */
  readonly protocol: string;
  /** All of them are looked at; those that do not count are not scored. */
  readonly images: Pick<ImageSplit, 'count' | 'pixels' | 'sources' | 'scored'>;
  readonly head: ChosenHead;
  /** Distributions over the head's classes, `[images.count, classes]`. */
  readonly targets: Float32Array;
  readonly corruptions: readonly Corruption[];
  readonly onProgress?: ((progress: RobustnessProgress) => void) | undefined;
}

/** One version of the images: how it is made, or undefined for the clean one. */
type Version = { readonly corruption: Corruption; readonly level: CorruptionLevel } | undefined;

/** Images that are corrupted before the model looks at them. */
const CHUNK = 256;

const nameOf = (version: Version): string =>
  version === undefined ? 'clean' : `${version.corruption.name} ${version.level.level}`;

const predictVersion = async (
  { model, geometry, images, head }: MeasureRobustnessParams,
  version: Version,
  onImages: (done: number) => void,
): Promise<Float32Array> => {
  const length = geometry.heightPx * geometry.widthPx * geometry.channels;
  const probabilities = new Float32Array(images.count * head.labels.length);
  for (let start = 0; start < images.count; start += CHUNK) {
    const end = Math.min(images.count, start + CHUNK);
    const range = { start, end };
    const pixels =
      version === undefined
        ? images.pixels.subarray(start * length, end * length)
        : await corruptSplit({ split: images, geometry, ...version, range });
    const heads = await predictHeads({ model, geometry, split: { count: end - start, pixels } });
    probabilities.set(heads[head.index] as Float32Array, start * head.labels.length);
    onImages(end);
  }
  return probabilities;
};

const score = (params: MeasureRobustnessParams, probabilities: Float32Array): RobustnessScores => {
  const { dataset, split, protocol, images, head, targets } = params;
  const { evaluation } = evaluateModel({
    dataset,
    split,
    protocol,
    usedForSelection: false,
    probabilities,
    targets,
    scored: images.scored,
    labels: head.labels,
    mistakes: 0,
  });
  const { samples, accuracy, accuracyInterval95, macroF1 } = evaluation;
  return { samples, accuracy, accuracyInterval95, macroF1 };
};

/**
 * Scores one head of a model on the clean images of a split and on each corrupted version of them. One version is in
 * memory at a time, and of that a part.
 *
 * @throws {InvalidProbabilityError} when a prediction is no number in [0, 1].
 * @throws {NothingToScoreError} when no image counts.
 */
export const measureRobustness = async (params: MeasureRobustnessParams): Promise<RobustnessTable> => {
  const { dataset, split, protocol, images, corruptions, onProgress } = params;
  const versions = corruptions.flatMap((corruption) =>
    corruption.levels.map((level) => ({ corruption, level })),
  );
  const total = (versions.length + 1) * images.count;
  let before = 0;
  const measure = async (version: Version): Promise<RobustnessScores> => {
    const probabilities = await predictVersion(params, version, (done) =>
      onProgress?.({ done: before + done, total, what: nameOf(version) }),
    );
    before += images.count;
    return score(params, probabilities);
  };
  const clean = await measure(undefined);
  const rows: RobustnessRow[] = [];
  for (const version of versions) {
    const { corruption, level } = version;
    const scores = await measure(version);
    rows.push({ corruption: corruption.name, strength: level.strength, level: level.level, ...scores });
  }
  return { dataset, split, protocol, clean, rows };
};
