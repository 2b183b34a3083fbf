import type { RunGraph, Tensor } from '@mien/pipeline';
import type * as OrtModule from 'onnxruntime-web';
import type { Lane } from './lane.ts';
import type { GraphFile, Runner } from './runner.ts';

/** ONNX Runtime for browsers, in whichever of its bundles. */
export type Ort = typeof OrtModule;

interface Session {
  readonly runGraph: RunGraph;
  release(): Promise<void>;
}

/** Asks for one output alone: a graph may have further heads, and their tensors would be copied for nothing. */
const toRunGraph = (ort: Ort, session: OrtModule.InferenceSession, wanted: string): RunGraph => {
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

/** What it takes to load graphs into one bundle of ONNX Runtime. */
interface SessionParams<Name extends string> {
  readonly ort: Ort;
  /** Shared by all sessions of the bundle, which does not run two things at once. */
  readonly lane: Lane;
  readonly graphs: Readonly<Record<Name, GraphFile>>;
  readonly executionProviders: readonly OrtModule.InferenceSession.ExecutionProviderConfig[];
}

const openSession = async (
  { bytes, output }: GraphFile,
  { ort, executionProviders }: Omit<SessionParams<string>, 'graphs'>,
): Promise<Session> => {
  const session = await ort.InferenceSession.create(bytes, {
    executionProviders,
    graphOptimizationLevel: 'all',
  });
  return { runGraph: toRunGraph(ort, session, output), release: () => session.release() };
};

/**
 * Loads graphs into one bundle of ONNX Runtime.
 *
 * @throws what ONNX Runtime throws, after freeing the graphs that it has taken by then.
 */
export const openSessions = async <Name extends string>({
  graphs,
  lane,
  ...bundle
}: SessionParams<Name>): Promise<Runner<Name>> => {
  const sessions = new Map<string, Session>();
  const close = (): Promise<void> =>
    lane(async () => {
      for (const session of sessions.values()) await session.release();
      sessions.clear();
    });
  try {
    for (const [name, file] of Object.entries<GraphFile>(graphs))
      sessions.set(name, await lane(() => openSession(file, { ...bundle, lane })));
  } catch (error) {
    await close();
    throw error;
  }
  return {
    run: (name, inputs) =>
      lane(async () => {
        const session = sessions.get(name);
        if (session === undefined) throw new TypeError(`The graph "${name}" has been freed.`);
        return session.runGraph(inputs);
      }),
    close,
  };
};
