import type { RecognizerOptions } from '@mien/infer-node';

/** Bytes of a mebibyte, in which sizes are told. */
export const MEBIBYTE = 2 ** 20;

/** What a server takes at most. Each bound is there so that no client can use up what all of them share. */
export interface ServerLimits {
  /** Bytes of one request's body, all of its images together. */
  readonly bodyBytes: number;
  /** Bytes of all bodies that are in memory at once. */
  readonly bodyMemoryBytes: number;
  /** Images in one request. */
  readonly images: number;
  /** Pixels of one image, known before it is unpacked: a few kilobytes can hold gigapixels. */
  readonly pixels: number;
  /** Faces that are read in one image, the largest first. */
  readonly faces: number;
  /** Images that wait for a worker, those of all clients together. */
  readonly queue: number;
  /** Bytes of one frame of a stream; up to three of each stream are in memory at once. */
  readonly frameBytes: number;
  /** Streams that are open at once. */
  readonly streams: number;
  /** Frames per second that one stream has looked at; those in between are skipped. */
  readonly streamFps: number;
}

/** How long a server waits, in milliseconds. */
export interface ServerTimes {
  /** From a request whose body is there to its answer. */
  readonly answerMs: number;
  /** For all of a request to arrive, its body included. */
  readonly uploadMs: number;
  /** Between SIGTERM, when readiness turns false, and the end of listening: for load balancers to notice. */
  readonly drainDelayMs: number;
  /** For requests in flight to be answered after that. */
  readonly drainMs: number;
}

/** What {@link startServer} takes. */
export interface ServerOptions {
  /** The address to listen on. */
  readonly host: string;
  /** The TCP port; 0 for any that is free. */
  readonly port: number;
  /** The models, where and how they run; passed on to `createRecognizer`. */
  readonly recognizer: Pick<RecognizerOptions, 'model' | 'card' | 'device' | 'workers' | 'threads'>;
  readonly limits: ServerLimits;
  readonly times: ServerTimes;
  /** A request needs one of them, unless there are none. */
  readonly apiKeys: readonly string[];
  /** Origins whose pages may call the server from a browser; `*` for all. */
  readonly corsOrigins: readonly string[];
  /** How much is logged: one of pino's levels, or `silent`. */
  readonly logLevel: string;
}

/** The bounds of a server that is told nothing else. */
export const DEFAULT_LIMITS: ServerLimits = {
  bodyBytes: 16 * MEBIBYTE,
  bodyMemoryBytes: 256 * MEBIBYTE,
  images: 16,
  pixels: 50_000_000,
  faces: 100,
  queue: 64,
  frameBytes: 4 * MEBIBYTE,
  streams: 32,
  streamFps: 30,
};

/** The patience of a server that is told nothing else. */
export const DEFAULT_TIMES: ServerTimes = {
  answerMs: 30_000,
  uploadMs: 30_000,
  drainDelayMs: 0,
  drainMs: 30_000,
};
