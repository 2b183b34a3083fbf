import type { DetectorCard, ModelCard } from '@mien/contract';
import { runDetectorSelfTest, runSelfTest, type RunGraph } from '@mien/pipeline';
import { performance } from 'node:perf_hooks';
import { openSession } from '../session/open-session.ts';
import type { GraphFile, LoadReport, WorkerSetup } from './jobs.ts';

/** A graph that is ready to run, and its card. */
export interface OpenGraph<Card> {
  readonly card: Card;
  readonly runGraph: RunGraph;
}

/** The graphs of one thread, and how they were loaded. */
export interface OpenGraphs {
  readonly expression: OpenGraph<ModelCard>;
  readonly detector: OpenGraph<DetectorCard> | undefined;
  readonly report: LoadReport;
}

type SelfTest<Card> = (graph: OpenGraph<Card>) => Promise<number>;

interface TestedGraph<Card> extends OpenGraph<Card> {
  readonly note: string | undefined;
  readonly selfTestDifference: number;
  /** Runs the self-test once more. @returns how long it took, milliseconds. */
  readonly time: () => Promise<number>;
}

const openGraph = async <Card extends { readonly graph: { readonly output: { readonly name: string } } }>(
  { model, card }: GraphFile<Card>,
  selfTest: SelfTest<Card>,
  { device, threads }: WorkerSetup,
): Promise<TestedGraph<Card>> => {
  const test = (runGraph: RunGraph): Promise<number> => selfTest({ card, runGraph });
  const { name: output } = card.graph.output;
  const session = await openSession({ model, output, device, threads, selfTest: test });
  const time = async (): Promise<number> => {
    const started = performance.now();
    await test(session.runGraph);
    return performance.now() - started;
  };
  return { card, ...session, time };
};

/**
 * Loads the graphs that a thread was given, and tests each on the device.
 *
 * @throws what {@link openSession} throws.
 */
export const openGraphs = async (setup: WorkerSetup): Promise<OpenGraphs> => {
  const expression = await openGraph(setup.expression, runSelfTest, setup);
  const detector =
    setup.detector === undefined ? undefined : await openGraph(setup.detector, runDetectorSelfTest, setup);
  const all = detector === undefined ? [expression] : [detector, expression];
  let runMs: number | undefined;
  if (setup.timed === true) {
    runMs = 0;
    for (const { time } of all) runMs += await time();
  }
  const notes = all.map(({ note }) => note).filter((note) => note !== undefined);
  const report = {
    note: notes.length === 0 ? undefined : [...new Set(notes)].join('; '),
    selfTestDifference: Math.max(...all.map(({ selfTestDifference }) => selfTestDifference)),
    runMs,
  };
  return { expression, detector, report };
};
