import { addAbortSignal, Readable } from 'node:stream';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import { ImageTooLargeError, UnreadableImageError } from './image-errors.ts';

/** A stream of bytes: Node's, the web's, or any async iterable. */
export type ByteStream = AsyncIterable<Uint8Array> | ReadableStream<Uint8Array>;

/** One kind of stream for all: whichever it was, destroying this one ends it. */
const toReadable = (stream: ByteStream): Readable => {
  if (stream instanceof Readable) return stream;
  return stream instanceof ReadableStream
    ? Readable.fromWeb(stream as NodeReadableStream)
    : Readable.from(stream);
};

const concat = (chunks: readonly Uint8Array[], byteLength: number): Uint8Array => {
  const whole = new Uint8Array(byteLength);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return whole;
};

/**
 * Reads a stream to its end, and closes it where it is not read to the end.
 *
 * @param signal ends the reading.
 * @returns the bytes, in a buffer of their own.
 * @throws {ImageTooLargeError} as soon as there are more bytes than `maxBytes`.
 * @throws {UnreadableImageError} when the stream fails, or gives anything but bytes.
 */
export const collectBytes = async (
  stream: ByteStream,
  {
    maxBytes,
    name = 'a stream',
    signal,
  }: { readonly maxBytes: number; readonly name?: string; readonly signal?: AbortSignal | undefined },
): Promise<Uint8Array> => {
  const readable = toReadable(stream);
  if (signal !== undefined) addAbortSignal(signal, readable);
  const chunks: Uint8Array[] = [];
  let byteLength = 0;
  try {
    for await (const chunk of readable as AsyncIterable<unknown>) {
      if (!(chunk instanceof Uint8Array)) throw new TypeError(`it gives ${typeof chunk}s, not bytes`);
      byteLength += chunk.byteLength;
      if (byteLength > maxBytes) throw new ImageTooLargeError(name, 'maxBytes', maxBytes);
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof ImageTooLargeError) throw error;
    throw new UnreadableImageError(name, (error as Error).message);
  }
  return concat(chunks, byteLength);
};
