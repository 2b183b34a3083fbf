import type { DetectorCard, ModelCard } from '@mien/contract';
import type { FaceReading, Reading, Tiles } from '@mien/pipeline';
import type { AnimationPart } from '../image/decode-animation.ts';
import type { NamedImage } from '../image/image-source.ts';
import type { Provider } from '../session/device.ts';
import type { PackedError } from './packed-error.ts';

/** A graph as a thread is given it: its bytes in memory that all threads share, and its card. */
export interface GraphFile<Card> {
  readonly model: Uint8Array;
  readonly card: Card;
}

/** How faces are looked for and judged; what is left out is up to the pipeline. */
export interface RecognitionSettings {
  readonly minConfidence?: number;
  readonly maxFaces?: number;
  readonly tiles?: Tiles;
  readonly unsureBelow?: number;
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

/** What a job can be told beside its picture. */
export interface JobDetails {
  /** Asks for the faces as pictures, this many pixels wide and high. */
  readonly cropPx?: number | undefined;
  /** The first frame of an animation that is wanted. */
  readonly firstFrame?: number;
}

/** One picture to work on. */
export interface ImageTask extends JobDetails {
  readonly image: NamedImage;
  /** One shared number, not 0 once nobody waits for the result any more. */
  readonly cancelled?: Int32Array | undefined;
}

/** The faces of one picture. */
export interface RecognizedFrame {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly faces: FaceReading[];
}

/** What workers do with a picture, and what comes of it. */
export interface ImageJobs {
  readonly classify: Reading;
  readonly recognize: RecognizedFrame;
  readonly unpackAnimation: AnimationPart;
}
