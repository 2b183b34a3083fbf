import { classifyFaces, type Frame } from '@mien/pipeline';
import { move, transferableSymbol, valueSymbol } from 'piscina';
import sharp from 'sharp';
import { workerData } from 'node:worker_threads';
import { decodeAnimation } from '../image/decode-animation.ts';
import { assertInputs } from './assert-inputs.ts';
import type { Jobs, LoadReport, Outcome, Posted, WorkerSetup } from './jobs.ts';
import { openGraphs, type OpenGraphs } from './open-graphs.ts';
import { packError } from '@mien/contract';
import { readEncoded, readFrame } from './read-frame.ts';
import { recognizeFrame } from './recognize-frame.ts';

const setup = workerData as WorkerSetup;

// No picture comes twice: what libvips would keep of each, for the whole process, costs 65 MiB and is never used.
sharp.cache(false);

const asOutcome = async <Value>(work: () => Promise<Value>): Promise<Outcome<Value>> => {
  try {
    return { value: await work() };
  } catch (error) {
    return { failure: packError(error) };
  }
};

// Every thread loads the graphs as it starts, once.
const graphs = asOutcome(() => openGraphs(setup));

/** Nobody waits for the result any more: what is given instead is never looked at. */
class CancelledError extends Error {}

/** Does a task, once the graphs are there; ends it where `continueIfWanted` finds that nobody waits for it any more. */
const work = async <Value>(
  cancelled: Int32Array | undefined,
  run: (open: OpenGraphs, continueIfWanted: () => void) => Promise<Value>,
): Promise<Outcome<Value>> => {
  const opened = await graphs;
  if ('failure' in opened) return opened;
  const continueIfWanted = (): void => {
    if (cancelled !== undefined && Atomics.load(cancelled, 0) !== 0) throw new CancelledError();
  };
  return asOutcome(async () => {
    continueIfWanted();
    return run(opened.value, continueIfWanted);
  });
};

/** Answers with a value whose pictures are moved to the main thread, not copied. */
const moving = <Value>(
  outcome: Outcome<Value>,
  picturesIn: (value: Value) => readonly Frame[],
): Outcome<Value> => {
  const pictures = 'value' in outcome ? picturesIn(outcome.value) : [];
  const transfer = pictures.map(({ rgba }) => rgba.buffer as ArrayBuffer);
  return move({ [transferableSymbol]: transfer, [valueSymbol]: outcome }) as never;
};

/** What a job is, as the pool runs it by its name. */
type Worker<Job extends keyof Jobs> = (posted: Posted<Job>) => Promise<Outcome<Jobs[Job]['value']>>;

/** Waits for the graphs. */
export const load = async (): Promise<Outcome<LoadReport>> => {
  const opened = await graphs;
  return 'failure' in opened ? opened : { value: opened.value.report };
};

/** Classifies a picture of one face. */
export const classify: Worker<'classify'> = ({ task: { image }, cancelled }) =>
  work(cancelled, async ({ expression }, continueIfWanted) => {
    const frame = await readFrame(image, setup);
    continueIfWanted();
    const [reading] = await classifyFaces({ frames: [frame], ...expression });
    if (reading === undefined) throw new RangeError('One frame gives one reading.');
    return reading;
  });

/** Finds and reads the faces of a picture. */
export const recognize: Worker<'recognize'> = async ({ task, cancelled }) => {
  const outcome = await work(cancelled, (open, continueIfWanted) =>
    recognizeFrame(task, setup, open, continueIfWanted),
  );
  return moving(outcome, ({ faces }) => faces.flatMap(({ crop }) => crop ?? []));
};

/** Decodes some frames of an animation. */
export const unpackAnimation: Worker<'unpackAnimation'> = async ({
  task: { image, firstFrame },
  cancelled,
}) => {
  const outcome = await work(cancelled, async () => {
    if ('frame' in image) throw new TypeError('A frame is no animation.');
    const { name } = image;
    return decodeAnimation(await readEncoded(image, setup), firstFrame, { name, maxPixels: setup.maxPixels });
  });
  return moving(outcome, ({ frames }) => frames.map(({ frame }) => frame));
};

/** Runs a graph on tensors. */
export const runGraph: Worker<'runGraph'> = ({ task: { graph, inputs }, cancelled }) =>
  work(cancelled, async ({ expression, detector }) => {
    const open = graph === 'expression' ? expression : detector;
    if (open === undefined) throw new TypeError('This worker was started without a detector.');
    assertInputs(inputs, open.card.graph.input);
    return open.runGraph(inputs);
  });
