import type { Readable } from 'node:stream';
import { MalformedBodyError } from '../problem/request-errors.ts';
import type { BodyAllowance } from './body-memory.ts';

/**
 * Reads a stream into memory, as far as the allowance goes.
 *
 * @throws {BodyTooLargeError | BodyMemoryFullError} at the first byte too many; the rest is dropped as it arrives, for
 *   a client that is still sending would not see the answer otherwise.
 * @throws {MalformedBodyError} when the stream ends early.
 */
export const collectBody = (stream: Readable, allowance: BodyAllowance): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const onData = (chunk: Buffer): void => {
      try {
        allowance.take(chunk.byteLength);
        chunks.push(chunk);
      } catch (error) {
        reject(error);
        stream.off('data', onData);
        stream.resume();
      }
    };
    const onEarlyEnd = (): void => reject(new MalformedBodyError('it ended early'));
    stream
      .on('data', onData)
      .once('end', () => resolve(Buffer.concat(chunks)))
      .on('error', onEarlyEnd)
      .once('close', onEarlyEnd);
  });
