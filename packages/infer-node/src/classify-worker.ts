import { classifyFaces, type Frame, type Reading } from '@mien/pipeline';
import { readFile } from 'node:fs/promises';
import { workerData } from 'node:worker_threads';
import { decodeImage } from './decode-image.ts';
import type { DeviceInUse } from './device.ts';
import { UnreadableImageError, type NamedImage } from './image-source.ts';
import { openSession, type SessionParams } from './open-session.ts';
import { packError, type PackedError } from './packed-error.ts';

/** What a worker answers: the value, or why there is none. */
export type Outcome<Value> = { readonly value: Value } | { readonly failure: PackedError };

/** How a worker's model was loaded. */
export interface LoadReport {
  readonly device: DeviceInUse;
  readonly selfTestDifference: number;
}

/** One picture to classify. */
export interface ClassifyTask {
  readonly image: NamedImage;
  /** One shared number, not 0 once nobody waits for the result any more. */
  readonly cancelled?: Int32Array;
}

const asOutcome = async <Value>(work: () => Promise<Value>): Promise<Outcome<Value>> => {
  try {
    return { value: await work() };
  } catch (error) {
    return { failure: packError(error) };
  }
};

// Every thread loads the model as it starts, once.
const session = asOutcome(() => openSession(workerData as SessionParams));

const readImage = async (name: string, path: string): Promise<Uint8Array> => {
  try {
    return await readFile(path);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UnreadableImageError(
      name,
      code === 'ENOENT' ? 'there is no such file; check the path' : message,
    );
  }
};

const toFrame = async (image: NamedImage): Promise<Frame> => {
  if ('frame' in image) return image.frame;
  return decodeImage('bytes' in image ? image.bytes : await readImage(image.name, image.path), image.name);
};

/** Waits for the model. Run by the pool, by this name. */
export const load = async (): Promise<Outcome<LoadReport>> => {
  const opened = await session;
  if ('failure' in opened) return opened;
  const { device, selfTestDifference } = opened.value;
  return { value: { device, selfTestDifference } };
};

/** Reads, decodes and classifies one picture; nothing for one that nobody waits for. Run by the pool, by this name. */
export const classify = async ({ image, cancelled }: ClassifyTask): Promise<Outcome<Reading | undefined>> => {
  const isCancelled = (): boolean => cancelled !== undefined && Atomics.load(cancelled, 0) !== 0;
  const opened = await session;
  if ('failure' in opened) return opened;
  return asOutcome(async () => {
    if (isCancelled()) return undefined;
    const frame = await toFrame(image);
    if (isCancelled()) return undefined;
    const { card } = workerData as SessionParams;
    const [reading] = await classifyFaces({ frames: [frame], card, runGraph: opened.value.runGraph });
    return reading;
  });
};
