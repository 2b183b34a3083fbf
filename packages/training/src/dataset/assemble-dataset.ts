import type { InputGeometry } from '@mien/pixels';
import { EmptyClassError, NoImagesError, SingleClassError, TooManyUnusableError } from './dataset-errors.ts';
import { decodePictures, type DecodedPictures } from './decode-pictures.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { ImageDataset, ImageSplit, SkippedSource } from './image-dataset.ts';
import type { DatasetSource, LoadProgress, SourceSamples } from './open-source.ts';
import { SPLITS, topClass, type LabelledSample } from './sample.ts';
import { stratifiedSplit } from './stratified-split.ts';
import { MAX_UNUSABLE_SHARE } from './unusable-share.ts';

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
  return {
    count: kept.length,
    pixels: packed,
    targets,
    sources: kept.map(({ sample }) => sample.source),
    scored: Uint8Array.from(kept, ({ sample }) => (sample.scored ? 1 : 0)),
  };
};

const assertTrainable = (
  source: DatasetSource,
  labels: readonly string[],
  kept: readonly LabelledSample[],
): void => {
  const counts = labels.map(() => 0);
  for (const { target } of kept) counts[topClass(target)] = (counts[topClass(target)] ?? 0) + 1;
  const filled = labels.filter((_, index) => (counts[index] ?? 0) > 0);
  if (filled.length === 0) throw new NoImagesError(source.path);
  if (filled.length === 1) throw new SingleClassError(source.path, filled[0] as string);
  // With votes, a class may have no winner and still be learnt from its shares.
  const empty = labels.find((_, index) => counts[index] === 0);
  if (empty !== undefined && source.protocol === 'own labels') throw new EmptyClassError(empty, source.path);
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
 * @throws {NoImagesError | SingleClassError | EmptyClassError} when what is left of it cannot be trained on.
 */
export const assembleDataset = async (params: AssembleParams): Promise<ImageDataset> => {
  const { source, geometry, split, onProgress } = params;
  const { labels, samples, damaged, leftOut }: SourceSamples = await source.read(onProgress);
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
  const total = samples.length + damaged.length + leftOut.length;
  if (unusable.length > total * MAX_UNUSABLE_SHARE)
    throw new TooManyUnusableError(source.path, source.kind === 'folder' ? 'files' : 'rows', unusable, total);
  const [train = [], validation = [], test = []] = splits;
  const pack = (part: readonly LabelledSample[], index: number): ImageSplit =>
    packSplit(part, decoded[index] as DecodedPictures, labels.length);
  assertTrainable(
    source,
    labels,
    train.filter((_, slot) => !decoded[0]?.failures.has(slot)),
  );
  const { widthPx, heightPx, channels } = geometry;
  const dataset = {
    name: source.name,
    kind: source.kind,
    labels,
    widthPx,
    heightPx,
    channels,
    protocol: source.protocol,
    train: pack(train, 0),
    validation: pack(validation, 1),
    test: test.length === 0 ? undefined : pack(test, 2),
    skipped: [...unusable, ...leftOut],
  };
  return { ...dataset, fingerprint: fingerprintOf(dataset) };
};
