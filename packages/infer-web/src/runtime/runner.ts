import type { ModelCard } from '@mien/contract';
import type { RunGraph } from '@mien/pipeline';

/** What may be asked for; see `createClassifier`. */
export type RequestedDevice = 'auto' | 'wasm' | 'webgpu';

/** What runs a graph: ONNX Runtime on the CPU through WebAssembly, or on the GPU. */
export type Provider = 'wasm' | 'webgpu';

/** Where graphs compute. */
export interface DeviceInUse {
  readonly requested: RequestedDevice;
  /** What really runs the graphs now. */
  readonly provider: Provider;
  /** Why it is not WebGPU although that was asked for or allowed; `undefined` where there is nothing to say. */
  readonly note?: string;
}

/** A graph that is to be loaded, and how to tell that it computes what it should. */
export interface GraphFile {
  /** The ONNX graph; only read. */
  readonly bytes: Uint8Array;
  /** The name of the one output that is wanted. */
  readonly output: string;
  /**
   * Runs the golden self-test.
   *
   * @returns the largest difference from what the card promises.
   * @throws {GoldenMismatchError} when that is too large.
   */
  readonly selfTest: (runGraph: RunGraph) => Promise<number>;
}

/** Makes a {@link GraphFile} of what was loaded and the self-test for its kind of card. */
export const toGraphFile = <Card extends Pick<ModelCard, 'graph'>>(
  { bytes, card }: { readonly bytes: Uint8Array; readonly card: Card },
  selfTest: (graph: { readonly card: Card; readonly runGraph: RunGraph }) => Promise<number>,
): GraphFile => ({
  bytes,
  output: card.graph.output.name,
  selfTest: (runGraph) => selfTest({ card, runGraph }),
});

/** One run of a graph that goes by a name. */
export type RunNamedGraph<Name extends string> = (
  name: Name,
  ...inputs: Parameters<RunGraph>
) => ReturnType<RunGraph>;

/** Graphs, loaded on one provider. */
export interface Runner<Name extends string> {
  readonly run: RunNamedGraph<Name>;
  /** Waits for runs under way, then frees the graphs and the device. */
  close(): Promise<void>;
}

/** What it takes to open a {@link Runner}. */
export interface RunnerParams<Name extends string> {
  readonly graphs: Readonly<Record<Name, GraphFile>>;
  readonly assetsUrl: string | URL | undefined;
}
