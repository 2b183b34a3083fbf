import type { ModelCard } from '@mien/contract';
import type { RunGraph, Tensor } from '@mien/pipeline';
import type * as OrtModule from 'onnxruntime-web';
import type { Lane } from './lane.ts';
import type { Runner } from './runner.ts';

/** ONNX Runtime for browsers, in whichever of its bundles. */
export type Ort = typeof OrtModule;

/** Asks for the card's output alone: a graph may have further heads, and their tensors would be copied for nothing. */
const toRunGraph = (ort: Ort, session: OrtModule.InferenceSession, { graph }: ModelCard): RunGraph => {
  const { name: wanted } = graph.output;
  // Where the graph does not have it, the one who reads the outputs says so, and which there are.
  const fetches = session.outputNames.includes(wanted) ? [wanted] : session.outputNames;
  return async (inputs) => {
    const feeds = Object.entries(inputs).map(
      ([name, { data, dims }]) => [name, new ort.Tensor('float32', data, dims)] as const,
    );
    const outputs = await session.run(Object.fromEntries(feeds), fetches);
    return Object.fromEntries(
      Object.entries(outputs).map(([name, { data, dims }]): [string, Tensor] => [
        name,
        { data: data as Float32Array, dims },
      ]),
    );
  };
};

/**
 * Loads a graph into one bundle of ONNX Runtime.
 *
 * @param lane shared by all sessions of the bundle, which does not run two things at once.
 */
export const openSession = async ({
  ort,
  lane,
  bytes,
  card,
  executionProviders,
}: {
  readonly ort: Ort;
  readonly lane: Lane;
  readonly bytes: Uint8Array;
  readonly card: ModelCard;
  readonly executionProviders: readonly OrtModule.InferenceSession.ExecutionProviderConfig[];
}): Promise<Runner> => {
  const session = await lane(() =>
    ort.InferenceSession.create(bytes, { executionProviders, graphOptimizationLevel: 'all' }),
  );
  const runGraph = toRunGraph(ort, session, card);
  return {
    runGraph: (inputs) => lane(() => runGraph(inputs)),
    close: () => lane(() => session.release()),
  };
};
