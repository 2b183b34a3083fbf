import type { DetectorCard, ModelCard, PackedError } from '@mien/contract';
import type { Picture } from '../image/to-picture.ts';
import type { ModelSource } from '../load/load-model.ts';
import type { RecognitionSettings } from '@mien/pipeline';
import type { RecognizedImage } from '../recognizer.ts';
import type { DeviceInUse, RequestedDevice } from '../runtime/runner.ts';

/** What a worker is started with; addresses are absolute. */
export interface WorkerSetup {
  readonly expression: ModelSource;
  readonly detector: ModelSource;
  readonly device: RequestedDevice;
  readonly assetsUrl: string | undefined;
  readonly recognition: RecognitionSettings;
}

/** What a worker has loaded. */
export interface Opened {
  readonly card: ModelCard;
  readonly detectorCard: DetectorCard;
  /** The largest difference between the self-tests' outputs and the cards'. */
  readonly selfTestDifference: number;
}

/** One picture whose faces are to be read. */
export interface RecognizeTask {
  readonly picture: Picture;
  /** What the worker was started with, overruled for this picture. */
  readonly settings: RecognitionSettings;
  /** Asks for the faces as pictures, this many pixels wide and high. */
  readonly cropPx: number | undefined;
}

/** What a worker does: what it is given for it, and what comes of it. */
export interface Jobs {
  readonly open: { readonly task: WorkerSetup; readonly value: Opened };
  readonly recognize: { readonly task: RecognizeTask; readonly value: RecognizedImage };
  readonly close: { readonly task: undefined; readonly value: undefined };
}

/** A job as it is posted; its answer has the same number. */
export interface Posted<Job extends keyof Jobs> {
  readonly id: number;
  readonly job: Job;
  readonly task: Jobs[Job]['task'];
}

/** What a worker is sent: a job, or the number of one whose result nobody waits for any more. */
export type Message = { [Job in keyof Jobs]: Posted<Job> }[keyof Jobs] | { readonly cancel: number };

/** What a worker answers: the value, or why there is none; and where it computes now. */
export type Answer = { readonly id: number; readonly device: DeviceInUse | undefined } & (
  { readonly value: Jobs[keyof Jobs]['value'] } | { readonly failure: PackedError }
);
