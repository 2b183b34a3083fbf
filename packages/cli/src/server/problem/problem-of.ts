import { MienError } from '@mien/contract';
import { STATUS_CODES } from 'node:http';
import type { Problem } from './problem.ts';
import { NoReadableImageError, TooManyWaitingError } from './request-errors.ts';

interface Kind {
  readonly status: number;
  readonly slug: string;
  readonly title: string;
}

const kind = (status: number, slug: string, title: string): Kind => ({ status, slug, title });

const BAD_IMAGE = kind(422, 'unreadable-image', 'The image cannot be read');

const INVALID_REQUEST = kind(400, 'invalid-request', 'The request does not follow its schema');
const BAD_TENSOR = kind(400, 'invalid-tensor', 'The tensors do not fit the model');
const QUEUE_FULL = kind(429, 'queue-full', 'Too many pictures are waiting');

/** What each error that a client can act on is over HTTP. By name: errors of worker threads keep it, not their class. */
const KINDS: Readonly<Record<string, Kind>> = {
  BodyTooLargeError: kind(413, 'too-large', 'The request is too large'),
  ImageTooLargeError: kind(413, 'too-many-pixels', 'The image has too many pixels'),
  MalformedBodyError: kind(400, 'malformed-body', 'The body cannot be read'),
  InvalidQueryError: INVALID_REQUEST,
  UnauthorizedError: kind(401, 'unauthorized', 'An API key is needed'),
  ForbiddenOriginError: kind(403, 'forbidden-origin', 'The origin is not allowed'),
  UnknownModelError: kind(404, 'unknown-model', 'There is no such model'),
  TensorRequestError: BAD_TENSOR,
  InvalidTensorError: BAD_TENSOR,
  TimestampError: kind(400, 'time-backwards', 'The time of the frame does not follow the one before it'),
  InvalidFrameError: BAD_IMAGE,
  UndecodableImageError: BAD_IMAGE,
  UnreadableImageError: BAD_IMAGE,
  NoReadableImageError: BAD_IMAGE,
  TooManyWaitingError: QUEUE_FULL,
  QueueFullError: QUEUE_FULL,
  NotReadyError: kind(503, 'not-ready', 'The server is not ready'),
  ClosedRecognizerError: kind(503, 'not-ready', 'The server is not ready'),
  BodyMemoryFullError: kind(503, 'too-many-uploads', 'Too many uploads are under way'),
  TooManyStreamsError: kind(503, 'too-many-streams', 'Too many streams are open'),
  DeadlineExceededError: kind(503, 'deadline-exceeded', 'The answer was not there in time'),
  WorkerCrashedError: kind(503, 'worker-crashed', 'A worker ended over the picture'),
  ClientGoneError: kind(499, 'client-gone', 'The client went away'),
};

const DEFECT = kind(500, 'internal-error', 'The server failed');

/** The code of what Fastify itself refuses, and the words for it where its own are less clear. */
const FRAMEWORK_KINDS: Readonly<Record<string, Kind>> = {
  FST_ERR_VALIDATION: INVALID_REQUEST,
  FST_ERR_CTP_INVALID_MEDIA_TYPE: kind(415, 'unsupported-media-type', 'The content type is not supported'),
};

const isClientError = (
  error: unknown,
): error is Error & { readonly statusCode: number; readonly code?: string } =>
  error instanceof Error &&
  'statusCode' in error &&
  typeof error.statusCode === 'number' &&
  error.statusCode >= 400 &&
  error.statusCode < 500;

/** An abort says who ended the waiting by its cause: the deadline or the client. */
const reasonOf = (error: unknown): unknown =>
  error instanceof MienError && error.name === 'AbortError' ? error.cause : error;

const kindOf = (error: unknown): Kind => {
  if (error instanceof MienError) return KINDS[error.name] ?? DEFECT;
  if (!isClientError(error)) return DEFECT;
  const title = STATUS_CODES[error.statusCode] ?? 'The request was refused';
  return FRAMEWORK_KINDS[error.code ?? ''] ?? kind(error.statusCode, 'bad-request', title);
};

const detailOf = (error: unknown, { status, slug }: Kind): string => {
  if (status === 500)
    return 'This is a defect of the server, not of the request. The log tells more by the request id.';
  if (slug === 'unsupported-media-type')
    return 'Send an image (image/*), multipart/form-data, or application/json with the image as base64.';
  return (error as Error).message.replaceAll('\n', ' ');
};

/**
 * Puts an error into the form that clients get. A defect says nothing about itself, for it could quote what it must
 * not; the log has it.
 */
export const problemOf = (caught: unknown): Problem => {
  const error = reasonOf(caught);
  const found = kindOf(error);
  const detail = detailOf(error, found);
  return {
    type: `urn:mien:problem:${found.slug}`,
    title: found.title,
    status: found.status,
    detail,
    ...(error instanceof NoReadableImageError ? { images: error.images } : {}),
  };
};

/** How long to wait before the next try, seconds, for the answer's `Retry-After`; undefined where waiting is no help. */
export const retryAfterSeconds = (caught: unknown): number | undefined => {
  const error = reasonOf(caught);
  if (error instanceof TooManyWaitingError) return error.retryAfterSeconds;
  return kindOf(error).status === 503 ? 1 : undefined;
};

/** True for faults of one image, which leave the others of the same request as they are. */
export const isImageFault = (error: unknown): boolean => {
  const { slug } = kindOf(error);
  return slug === BAD_IMAGE.slug || slug === 'too-many-pixels' || slug === 'malformed-body';
};
