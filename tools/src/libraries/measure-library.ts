import { readFile } from 'node:fs/promises';
import { median } from '../median.ts';
import { startTimer } from '../start-timer.ts';
import { readPhotoTruth, type MarkedPhoto } from '../faces/photo-truth.ts';
import type { FaceReader, ReadFace } from './face-reader.ts';
import { LIBRARIES } from './libraries.ts';

/** What a library made of one photograph. */
export interface PhotoResult {
  readonly file: string;
  readonly faces: readonly ReadFace[];
  /** Median time from the encoded photograph to faces, in milliseconds. */
  readonly milliseconds: number;
  /** The same as processor time of all threads. */
  readonly processorMilliseconds: number;
}

/** What the process of one library found out. */
export interface LibraryResult {
  /** From loading the library to the faces of the first photograph, in milliseconds. */
  readonly firstResultMilliseconds: number;
  /** The same as processor time of all threads. */
  readonly firstResultProcessorMilliseconds: number;
  /** The largest resident memory of the process, in megabytes. */
  readonly peakMegabytes: number;
  readonly photos: readonly PhotoResult[];
}

const measurePhoto = async (
  reader: FaceReader,
  photo: MarkedPhoto,
  repeats: number,
): Promise<PhotoResult> => {
  const jpeg = await readFile(photo.url);
  const faces = await reader.read(jpeg);
  const times: number[] = [];
  const processorTimes: number[] = [];
  for (let repeat = 0; repeat < repeats; repeat++) {
    const time = startTimer();
    await reader.read(jpeg);
    const { milliseconds, processorMilliseconds } = time();
    times.push(milliseconds);
    processorTimes.push(processorMilliseconds);
  }
  const plain = faces.map(({ box, label }) => ({ box, label }));
  return {
    file: photo.file,
    faces: plain,
    milliseconds: median(times),
    processorMilliseconds: median(processorTimes),
  };
};

/** Measures one library in this process, which must not have loaded another. */
export const measureLibrary = async (id: string, repeats: number): Promise<LibraryResult> => {
  const library = LIBRARIES.find((one) => one.id === id);
  if (library === undefined) throw new RangeError(`There is no library "${id}".`);
  const photos = await readPhotoTruth();
  const first = await readFile((photos[0] as MarkedPhoto).url);
  const time = startTimer();
  const reader = await (await library.load())();
  await reader.read(first);
  const firstResult = time();
  const results: PhotoResult[] = [];
  for (const photo of photos) results.push(await measurePhoto(reader, photo, repeats));
  await reader.close();
  const peakMegabytes = process.resourceUsage().maxRSS / 1024;
  return {
    firstResultMilliseconds: firstResult.milliseconds,
    firstResultProcessorMilliseconds: firstResult.processorMilliseconds,
    peakMegabytes,
    photos: results,
  };
};
