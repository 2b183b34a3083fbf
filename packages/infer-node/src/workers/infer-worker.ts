import { classifyFaces, detectFaces, readFaces, type Frame, type Reading } from '@mien/pipeline';
import { move, transferableSymbol, valueSymbol } from 'piscina';
import { workerData } from 'node:worker_threads';
import { givenOptions } from '../given-options.ts';
import { decodeAnimation, type AnimationPart } from '../image/decode-animation.ts';
import { decodeImage, type DecodeLimits } from '../image/decode-image.ts';
import type { NamedImage } from '../image/image-source.ts';
import { readImageFile } from '../image/read-image-file.ts';
import type { ImageTask, LoadReport, Outcome, RecognizedFrame, WorkerSetup } from './jobs.ts';
import { openGraphs, type OpenGraphs } from './open-graphs.ts';
import { packError } from './packed-error.ts';

const setup = workerData as WorkerSetup;

const asOutcome = async <Value>(work: () => Promise<Value>): Promise<Outcome<Value>> => {
  try {
    return { value: await work() };
  } catch (error) {
    return { failure: packError(error) };
  }
};

// Every thread loads the graphs as it starts, once.
const graphs = asOutcome(() => openGraphs(setup));

const readBytes = async (image: NamedImage): Promise<Uint8Array> => {
  if ('bytes' in image) return image.bytes;
  if ('path' in image) return readImageFile(image.path, { name: image.name, maxBytes: setup.maxBytes });
  throw new TypeError(`${image.name} is decoded already.`);
};

const limitsOf = ({ name }: NamedImage): DecodeLimits => ({ name, maxPixels: setup.maxPixels });

const toFrame = async (image: NamedImage): Promise<Frame> =>
  'frame' in image ? image.frame : decodeImage(await readBytes(image), limitsOf(image));

/** Reads and decodes a picture, then does the work; nothing where nobody waits for it any more. */
const workOn = async <Value>(
  { image, cancelled }: ImageTask,
  work: (frame: Frame, open: OpenGraphs) => Promise<Value>,
): Promise<Outcome<Value | undefined>> => {
  const isCancelled = (): boolean => cancelled !== undefined && Atomics.load(cancelled, 0) !== 0;
  const opened = await graphs;
  if ('failure' in opened) return opened;
  return asOutcome(async () => {
    if (isCancelled()) return undefined;
    const frame = await toFrame(image);
    return isCancelled() ? undefined : work(frame, opened.value);
  });
};

/** Answers with a value whose pictures are moved to the main thread, not copied. */
const moving = <Value>(value: Value, pictures: readonly Frame[]): Value =>
  move({
    [transferableSymbol]: pictures.map(({ rgba }) => rgba.buffer as ArrayBuffer),
    [valueSymbol]: value,
  } as never) as Value;

/** Waits for the graphs. Run by the pool, by this name. */
export const load = async (): Promise<Outcome<LoadReport>> => {
  const opened = await graphs;
  return 'failure' in opened ? opened : { value: opened.value.report };
};

/** Classifies a picture of one face. Run by the pool, by this name. */
export const classify = (task: ImageTask): Promise<Outcome<Reading | undefined>> =>
  workOn(task, async (frame, { expression }) => {
    const [reading] = await classifyFaces({ frames: [frame], ...expression });
    return reading;
  });

/** Finds and reads the faces of a picture. Run by the pool, by this name. */
export const recognize = async (task: ImageTask): Promise<Outcome<RecognizedFrame | undefined>> => {
  const outcome = await workOn(task, async (frame, { expression, detector }) => {
    if (detector === undefined) throw new TypeError('This worker was started without a detector.');
    const { unsureBelow, ...finding } = setup.recognition ?? {};
    const found = await detectFaces({ frame, detector, ...finding });
    const options = givenOptions({ cropPx: task.cropPx, unsureBelow });
    const faces = await readFaces({ frame, faces: found, expression, options });
    return { widthPx: frame.widthPx, heightPx: frame.heightPx, faces };
  });
  const faces = 'value' in outcome ? (outcome.value?.faces ?? []) : [];
  return moving(
    outcome,
    faces.flatMap(({ crop }) => crop ?? []),
  );
};

/** Decodes some frames of an animation. Run by the pool, by this name. */
export const unpackAnimation = async ({
  image,
  firstFrame = 0,
}: ImageTask): Promise<Outcome<AnimationPart>> => {
  const outcome = await asOutcome(async () =>
    decodeAnimation(await readBytes(image), firstFrame, limitsOf(image)),
  );
  const frames = 'value' in outcome ? outcome.value.frames : [];
  return moving(
    outcome,
    frames.map(({ frame }) => frame),
  );
};
