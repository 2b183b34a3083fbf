import { createRandom, mixSeed } from '@mien/contract';
import type { InputGeometry } from '@mien/pixels';
import type { ImageSplit } from '../dataset/image-dataset.ts';
import type { Corruption, CorruptionLevel } from './corruption.ts';

/** Which random stream this is, so that it is no other's; another number would make another table. */
const STREAM = 0x0b057;

const hashText = (text: string): number =>
  mixSeed(...Array.from(text, (letter) => letter.codePointAt(0) as number));

/**
 * Corrupts some images of a split. What is drawn for an image depends on the kind of corruption and on the image's
 * source alone: every model sees the same pictures, however many are scored, and the levels of one image differ in
 * strength and not in chance.
 *
 * @param range first image, and the one after the last.
 * @returns bytes, `[end - start, heightPx, widthPx, channels]`.
 */
export const corruptSplit = async (params: {
  readonly split: Pick<ImageSplit, 'pixels' | 'sources'>;
  readonly geometry: InputGeometry;
  readonly corruption: Pick<Corruption, 'name'>;
  readonly level: Pick<CorruptionLevel, 'corrupt'>;
  readonly range: { readonly start: number; readonly end: number };
}): Promise<Uint8Array> => {
  const { split, geometry, corruption, level, range } = params;
  const length = geometry.heightPx * geometry.widthPx * geometry.channels;
  const kind = hashText(corruption.name);
  const corrupted = new Uint8Array((range.end - range.start) * length);
  const corruptOne = async (image: number): Promise<void> => {
    // A copy: a split lies in shared memory, which an image library may refuse.
    const pixels = split.pixels.slice(image * length, (image + 1) * length);
    const random = createRandom(STREAM, kind, hashText(split.sources[image] as string));
    corrupted.set(await level.corrupt({ pixels, geometry }, random), (image - range.start) * length);
  };
  // Together, as JPEG is coded in threads.
  await Promise.all(Array.from({ length: range.end - range.start }, (_, at) => corruptOne(range.start + at)));
  return corrupted;
};
