import { MienError } from '@mien/contract';

/** A body is larger than the server takes, or has more parts. */
export class BodyTooLargeError extends MienError {
  override readonly name = 'BodyTooLargeError';
  constructor(
    readonly what: string,
    readonly limit: string,
  ) {
    super(`${what}: at most ${limit}. Send less, or in several requests.`);
  }
}

/** A body is not what its content type says it is. */
export class MalformedBodyError extends MienError {
  override readonly name = 'MalformedBodyError';
  constructor(readonly problem: string) {
    super(`The body cannot be read: ${problem}.`);
  }
}

/** An option of a request has a value that no number has. */
export class InvalidQueryError extends MienError {
  override readonly name = 'InvalidQueryError';
  constructor(readonly option: string) {
    super(`"${option}" is too large to be a number. Leave it out, or make it smaller.`);
  }
}

/** A request lacks a key that the server knows. */
export class UnauthorizedError extends MienError {
  override readonly name = 'UnauthorizedError';
  constructor() {
    super('This needs an API key. Send it as "Authorization: Bearer KEY" or as "X-API-Key: KEY".');
  }
}

/** A page of an origin that was not allowed opens a stream. Requests without streams are refused by the browser itself. */
export class ForbiddenOriginError extends MienError {
  override readonly name = 'ForbiddenOriginError';
  constructor(readonly origin: string) {
    super(`Pages of ${origin} may not use this server. Start it with --cors ${origin} to let them.`);
  }
}

/** The server has not loaded its models yet, or is about to stop. */
export class NotReadyError extends MienError {
  override readonly name = 'NotReadyError';
  constructor(readonly state: 'starting' | 'draining') {
    super(
      state === 'starting'
        ? 'The models are being loaded. Try again in a moment.'
        : 'This server is about to stop. Send the request again: another one should take it.',
    );
  }
}

/** All places in the queue are taken. */
export class TooManyWaitingError extends MienError {
  override readonly name = 'TooManyWaitingError';
  constructor(
    readonly waiting: number,
    /** When a place should be free, judged by how long pictures have taken so far. */
    readonly retryAfterSeconds: number,
  ) {
    super(`${waiting} pictures are waiting already. Try again in ${retryAfterSeconds} s.`);
  }
}

/** Bodies that are in memory at once would take more than is set aside for them. */
export class BodyMemoryFullError extends MienError {
  override readonly name = 'BodyMemoryFullError';
  constructor(readonly limitBytes: number) {
    super('Too many uploads are under way. Try again in a moment.');
  }
}

/** Every stream that may be open is. */
export class TooManyStreamsError extends MienError {
  override readonly name = 'TooManyStreamsError';
  constructor(readonly limit: number) {
    super(`${limit} streams are open, which is as many as this server takes. Try again later.`);
  }
}

/** The answer was not there in time. */
export class DeadlineExceededError extends MienError {
  override readonly name = 'DeadlineExceededError';
  constructor(readonly timeoutMs: number) {
    super(`There was no result within ${timeoutMs / 1000} s. Try again, with fewer or smaller pictures.`);
  }
}

/** The client closed the connection before its answer; nobody sees this but the log and the metrics. */
export class ClientGoneError extends MienError {
  override readonly name = 'ClientGoneError';
  constructor() {
    super('The client closed the connection before its answer was there.');
  }
}

/** There is no model of that name. */
export class UnknownModelError extends MienError {
  override readonly name = 'UnknownModelError';
  constructor(
    readonly model: string,
    readonly known: readonly string[],
  ) {
    super(`There is no model ${JSON.stringify(model)}. Models: ${known.join(', ')}.`);
  }
}

/** Tensors do not fit what a graph takes. */
export class TensorRequestError extends MienError {
  override readonly name = 'TensorRequestError';
  constructor(readonly problem: string) {
    super(`${problem}. GET /v2/models/NAME tells names, types and shapes.`);
  }
}

/** None of several images could be read. */
export class NoReadableImageError extends MienError {
  override readonly name = 'NoReadableImageError';
  constructor(
    /** Why, for each image in their order. */
    readonly images: readonly { readonly name?: string; readonly problem: unknown }[],
  ) {
    super(`None of the ${images.length} images could be read.`);
  }
}
