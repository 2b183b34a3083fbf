import { createRandom } from '@mien/contract';
import ort from 'onnxruntime-node';
import sharp from 'sharp';
import {
  TINY_LABELS,
  TINY_SIZE_PX,
  tinyGraph,
} from '../../../packages/infer-node/src/tiny-classifier.test-support.ts';

/** A picture of the tiny classifier's own size, and what onnxruntime-node reads in it. */
export interface TinyPicture {
  /** A gray PNG, in base64. */
  readonly png: string;
  readonly probabilities: readonly number[];
}

const runInNode = async (gray: Uint8Array): Promise<number[]> => {
  const session = await ort.InferenceSession.create(tinyGraph());
  const pixels = new ort.Tensor('float32', Float32Array.from(gray), [1, 1, TINY_SIZE_PX, TINY_SIZE_PX]);
  const { probabilities } = await session.run({ pixels });
  await session.release();
  return Array.from(probabilities?.data as Float32Array);
};

/** Draws seeded noise. */
export const tinyPicture = async (seed: number): Promise<TinyPicture> => {
  const random = createRandom(seed);
  const gray = Uint8Array.from({ length: TINY_SIZE_PX ** 2 }, () => random.integer(256));
  const raw = { width: TINY_SIZE_PX, height: TINY_SIZE_PX, channels: 1 } as const;
  const png = await sharp(gray, { raw }).toColourspace('b-w').png().toBuffer();
  return { png: png.toString('base64'), probabilities: await runInNode(gray) };
};

export { TINY_LABELS };
