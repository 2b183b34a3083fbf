import type { InputGeometry } from '@mien/pixels';
import { assertMostlyUsable } from './assert-mostly-usable.ts';
import { countClasses } from './count-classes.ts';
import {
  EmptyClassError,
  NoImagesError,
  NoValidationImagesError,
  SingleClassError,
} from './dataset-errors.ts';
import { decodePictures, type DecodedPictures } from './decode-pictures.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { ImageDataset, ImageSplit, SkippedSource } from './image-dataset.ts';
import type { DatasetSource, LoadProgress } from './open-source.ts';
import { SPLITS, type LabelledSample } from './sample.ts';
import { stratifiedSplit } from './stratified-split.ts';

interface AssembleParams {
  readonly source: DatasetSource;
  readonly geometry: InputGeometry;
  readonly split: { readonly validationFraction: number; readonly seed: number };
  readonly onProgress: (progress: LoadProgress) => void;
}

/** Drops the pictures that failed, and packs the rest. */
const packSplit = (
  samples: readonly LabelledSample[],
  { pixels, failures }: DecodedPictures,
  classes: number,
  ownClasses: number | undefined,
): ImageSplit => {
  const kept = samples.flatMap((sample, slot) => (failures.has(slot) ? [] : [{ sample, slot }]));
  const bytesEach = pixels.length / Math.max(1, samples.length);
  const packed =
    failures.size === 0 ? pixels : new Uint8Array(new SharedArrayBuffer(kept.length * bytesEach));
  if (packed !== pixels)
    for (const [index, { slot }] of kept.entries())
      packed.set(pixels.subarray(slot * bytesEach, (slot + 1) * bytesEach), index * bytesEach);
  const targets = new Float32Array(kept.length * classes);
  for (const [index, { sample }] of kept.entries()) targets.set(sample.target, index * classes);
  const ownTargets = new Float32Array(kept.length * (ownClasses ?? 0));
  for (const [index, { sample }] of kept.entries())
    ownTargets.set(sample.ownTarget ?? [], index * (ownClasses ?? 0));
  return {
    count: kept.length,
    pixels: packed,
    targets,
    ...(ownClasses === undefined ? {} : { ownTargets }),
    sources: kept.map(({ sample }) => sample.source),
    scored: Uint8Array.from(kept, ({ sample }) => (sample.scored ? 1 : 0)),
  };
};

const assertTrainable = (source: DatasetSource, labels: readonly string[], train: ImageSplit): void => {
  const { classes } = countClasses(train, labels);
  const [first, second] = classes.filter(({ images }) => images > 0);
  if (first === undefined) throw new NoImagesError(source.path);
  if (second === undefined) throw new SingleClassError(source.path, first.label);
  // With votes, a class may have no winner and still be learnt from its shares.
  const empty = classes.find(({ images }) => images === 0);
  if (empty !== undefined && source.protocol === 'own labels')
    throw new EmptyClassError(empty.label, source.path);
};

const sampleSplits = (
  samples: readonly LabelledSample[],
  split: AssembleParams['split'],
): LabelledSample[][] => {
  const hasValidation = samples.some((sample) => sample.split === 'validation');
  const divided = hasValidation ? samples : stratifiedSplit(samples, split);
  return SPLITS.map((name) => divided.filter((sample) => sample.split === name));
};

const failedSources = (
  splits: readonly (readonly LabelledSample[])[],
  decoded: readonly DecodedPictures[],
): SkippedSource[] =>
  splits.flatMap((samples, index) =>
    [...(decoded[index]?.failures ?? [])].map(([slot, reason]) => ({
      source: samples[slot]?.source ?? '',
      reason,
    })),
  );

/**
 * Reads, labels, divides and decodes a dataset.
 *
 * @throws {TooManyUnusableError} when over 5 % of its files are damaged.
 * @throws {NoImagesError | SingleClassError | EmptyClassError | NoValidationImagesError} when what is left of it
 * cannot be trained on.
 */
export const assembleDataset = async (params: AssembleParams): Promise<ImageDataset> => {
  const { source, geometry, split, onProgress } = params;
  const { labels, ownLabels, samples, damaged, leftOut } = await source.read(onProgress);
  const splits = sampleSplits(samples, split);
  const what = source.kind === 'synthetic' ? 'drawing faces' : 'decoding images';
  const decoded = await decodePictures({
    splits: splits.map((part) => part.map(({ picture }) => picture)),
    geometry,
    onProgress: (done) => onProgress({ done, total: samples.length, what }),
  });
  const unusable = [...damaged, ...failedSources(splits, decoded)].sort((a, b) =>
    a.source < b.source ? -1 : 1,
  );
  const unit = source.kind === 'folder' ? 'files' : 'rows';
  assertMostlyUsable(source.path, unit, unusable, samples.length + damaged.length + leftOut.length);
  const [train, validation, test] = splits.map((part, index) =>
    packSplit(part, decoded[index] as DecodedPictures, labels.length, ownLabels?.length),
  ) as [ImageSplit, ImageSplit, ImageSplit];
  assertTrainable(source, labels, train);
  if (!validation.scored.includes(1)) throw new NoValidationImagesError(source.path);
  const dataset = {
    name: source.name,
    kind: source.kind,
    labels,
    ...(ownLabels === undefined ? {} : { ownLabels }),
    widthPx: geometry.widthPx,
    heightPx: geometry.heightPx,
    channels: geometry.channels,
    protocol: source.protocol,
    train,
    validation,
    // A test split of which nothing counts could not be scored once the training is done.
    test: test.scored.includes(1) ? test : undefined,
    skipped: [...unusable, ...leftOut],
  };
  return { ...dataset, fingerprint: fingerprintOf(dataset) };
};
