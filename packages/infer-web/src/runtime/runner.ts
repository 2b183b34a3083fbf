import type { ModelCard } from '@mien/contract';
import type { RunGraph } from '@mien/pipeline';

/** What may be asked for; see `createClassifier`. */
export type RequestedDevice = 'auto' | 'wasm' | 'webgpu';

/** What runs a graph: ONNX Runtime on the CPU through WebAssembly, or on the GPU. */
export type Provider = 'wasm' | 'webgpu';

/** A graph, loaded on one provider. */
export interface Runner {
  readonly runGraph: RunGraph;
  /** Waits for runs under way, then frees the graph and the device. */
  close(): Promise<void>;
}

/** What it takes to open a {@link Runner}. */
export interface RunnerParams {
  /** The ONNX graph; only read. */
  readonly bytes: Uint8Array;
  readonly card: ModelCard;
  readonly assetsUrl: string | URL | undefined;
}
