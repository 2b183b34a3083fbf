import { createRandom, goldenInput, type ModelCard } from '@mien/contract';
import { readFile } from 'node:fs/promises';
import type { FloatArray } from './run-onnx.ts';

/** Images that a graph is tried on. */
export interface InputSet {
  readonly name: string;
  /** Whole numbers in [0, 255], `[batch, channels, height, width]`. */
  readonly pixels: FloatArray;
}

type Geometry = ModelCard['input'];

/** Images in the golden self-test. */
export const GOLDEN_BATCH = 2;

/** The seed of the golden self-test's images. */
export const GOLDEN_SEED = 1;

/** Images of the fixture that are tried: one of each class. tfjs in plain JavaScript takes up to a second for each. */
const FIXTURE_IMAGES = 7;

const shapeOf = (batch: number, { channels, heightPx, widthPx }: Geometry): number[] => [
  batch,
  channels,
  heightPx,
  widthPx,
];

/** The images of the card's golden self-test. */
export const goldenSet = (input: Geometry): InputSet => {
  const outputs = Array.from({ length: GOLDEN_BATCH }, () => []);
  const data = goldenInput({ input, golden: { seed: GOLDEN_SEED, outputs, tolerance: 1 } });
  return {
    name: `golden self-test, batch ${GOLDEN_BATCH}`,
    pixels: { data, shape: shapeOf(GOLDEN_BATCH, input) },
  };
};

/** Noise: every pixel drawn by itself. */
export const randomSet = (input: Geometry, batch: number): InputSet => {
  const random = createRandom(GOLDEN_SEED, batch);
  const count = batch * input.channels * input.heightPx * input.widthPx;
  const data = Float32Array.from({ length: count }, () => random.integer(256));
  return { name: `random pixels, batch ${batch}`, pixels: { data, shape: shapeOf(batch, input) } };
};

interface FaceIndex {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly count: number;
}

/** Repeats gray planes for each channel. */
const repeatPlanes = (gray: Uint8Array, batch: number, channels: number): Float32Array => {
  const area = gray.length / batch;
  return Float32Array.from(
    { length: batch * channels * area },
    (_, index) => gray[Math.floor(index / (channels * area)) * area + (index % area)] as number,
  );
};

/**
 * Reads the fixture faces, gray in all of the model's channels.
 *
 * @param folder holds `faces-48x48.gray` (bytes, `[count, height, width]`) and `faces-48x48.json`.
 * @returns `undefined` where the folder is not there or the faces have another size than the model's input.
 */
export const faceSet = async (folder: URL, input: Geometry): Promise<InputSet | undefined> => {
  const read = (name: string) => readFile(new URL(name, folder)).catch(() => undefined);
  const [index, gray] = [await read('faces-48x48.json'), await read('faces-48x48.gray')];
  if (index === undefined || gray === undefined) return undefined;
  const { widthPx, heightPx, count } = JSON.parse(index.toString('utf8')) as FaceIndex;
  if (widthPx !== input.widthPx || heightPx !== input.heightPx) return undefined;
  const batch = Math.min(count, FIXTURE_IMAGES);
  const data = repeatPlanes(gray.subarray(0, batch * widthPx * heightPx), batch, input.channels);
  return { name: `fixture faces, batch ${batch}`, pixels: { data, shape: shapeOf(batch, input) } };
};
