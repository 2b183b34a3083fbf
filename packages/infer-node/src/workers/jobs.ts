import type { DetectorCard, ModelCard, PackedError } from '@mien/contract';
import type { Reading, RecognitionSettings, Tensors } from '@mien/pipeline';
import type { AnimationPart } from '../image/decode-animation.ts';
import type { NamedImage } from '../image/image-source.ts';
import type { RecognizedImage } from '../recognizer.ts';
import type { Provider } from '../session/device.ts';

/** A graph as a thread is given it: its bytes in memory that all threads share, and its card. */
export interface GraphFile<Card> {
  readonly model: Uint8Array;
  readonly card: Card;
}

/** What a thread is started with. */
export interface WorkerSetup {
  readonly expression: GraphFile<ModelCard>;
  /** Left out where pictures hold one cropped face each. */
  readonly detector?: GraphFile<DetectorCard> | undefined;
  readonly device: Provider;
  /** CPU threads inside one run. */
  readonly threads: number;
  readonly maxPixels: number;
  readonly maxBytes: number;
  readonly recognition?: RecognitionSettings | undefined;
  /** Asks for {@link LoadReport.runMs}. */
  readonly timed?: boolean;
}

/** How a thread's graphs were loaded. */
export interface LoadReport {
  /** What is worth knowing of how the device runs them. */
  readonly note: string | undefined;
  /** The largest difference between the self-tests' outputs and the cards'. */
  readonly selfTestDifference: number;
  /** How long the self-tests took once all was warm, milliseconds, where that was asked for. */
  readonly runMs: number | undefined;
}

/** What a worker answers: the value, or why there is none. */
export type Outcome<Value> = { readonly value: Value } | { readonly failure: PackedError };

/** One picture to work on. */
export interface ImageTask {
  readonly image: NamedImage;
}

/** One picture whose faces are to be read. */
export interface RecognizeTask extends ImageTask {
  /** What the thread was started with, overruled for this picture. */
  readonly settings: RecognitionSettings;
  /** Asks for the faces as pictures, this many pixels wide and high. */
  readonly cropPx: number | undefined;
}

/** The graphs of a recognizer by their names. */
export const GRAPHS = ['expression', 'face-detector'] as const;

/** A graph of a recognizer. */
export type GraphName = (typeof GRAPHS)[number];

/** What workers do: what they are given for it, and what comes of it. */
export interface Jobs {
  readonly classify: { readonly task: ImageTask; readonly value: Reading };
  readonly recognize: { readonly task: RecognizeTask; readonly value: RecognizedImage };
  readonly unpackAnimation: {
    readonly task: ImageTask & { readonly firstFrame: number };
    readonly value: AnimationPart;
  };
  readonly runGraph: {
    readonly task: { readonly graph: GraphName; readonly inputs: Tensors };
    readonly value: Tensors;
  };
}

/** A task as it is posted. */
export interface Posted<Job extends keyof Jobs> {
  readonly task: Jobs[Job]['task'];
  /** One shared number, not 0 once nobody waits for the result any more. */
  readonly cancelled: Int32Array | undefined;
}
