import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { UnusableStdinError } from './input-errors.ts';
import type { MediaKind } from './input.ts';
import { sniffMediaKind, SNIFFED_BYTES } from './media-kind.ts';

/** Pictures are taken into memory up to this size; videos are put into a file. */
const MAX_PICTURE_BYTES = 256 * 2 ** 20;

/** What came through standard input. Videos lie in a file that disposing deletes. */
export interface StdinContent extends AsyncDisposable {
  readonly kind: MediaKind;
  readonly source: string | Uint8Array;
}

const readAll = async (chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> => {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    parts.push(chunk);
    bytes += chunk.byteLength;
    if (bytes > MAX_PICTURE_BYTES)
      throw new UnusableStdinError(`the picture is over ${MAX_PICTURE_BYTES / 2 ** 20} MiB`);
  }
  return Uint8Array.from(Buffer.concat(parts));
};

const spool = async (chunks: AsyncIterable<Uint8Array>): Promise<StdinContent> => {
  const folder = await mkdtemp(join(tmpdir(), 'mien-'));
  const source = join(folder, 'stdin');
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    await pipeline(Readable.from(chunks), createWriteStream(source));
  } catch (error) {
    await remove();
    throw error;
  }
  return { kind: 'video', source, [Symbol.asyncDispose]: remove };
};

/** Takes what is needed to tell what the bytes are, and gives all of them back together. */
const peek = async (
  chunks: AsyncIterable<Uint8Array>,
): Promise<{ head: Uint8Array; all: AsyncIterable<Uint8Array> }> => {
  const iterator = chunks[Symbol.asyncIterator]();
  let head: Uint8Array = new Uint8Array();
  while (head.byteLength < SNIFFED_BYTES) {
    const { done, value } = await iterator.next();
    if (done === true) break;
    head = Buffer.concat([head, value]);
  }
  const all = (async function* () {
    yield head;
    yield* { [Symbol.asyncIterator]: () => iterator };
  })();
  return { head, all };
};

/**
 * Reads standard input to its end.
 *
 * @throws {UnusableStdinError} when nothing came, or a picture too large to be one.
 */
export const readStdin = async (stdin: AsyncIterable<Uint8Array>): Promise<StdinContent> => {
  const { head, all } = await peek(stdin);
  if (head.byteLength === 0) throw new UnusableStdinError('nothing came; pipe a picture or a video into it');
  if (sniffMediaKind(head) === 'video') return spool(all);
  return { kind: 'picture', source: await readAll(all), [Symbol.asyncDispose]: async () => undefined };
};
