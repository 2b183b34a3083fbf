import type { Readable } from 'node:stream';

/** Takes a stream apart into pieces of known lengths. */
export interface ByteReader {
  /** @returns the next bytes in a buffer of their own; undefined where the stream ends before. */
  read(byteLength: number): Promise<Uint8Array<ArrayBuffer> | undefined>;
}

/** Reads a stream only as fast as pieces are asked for. */
export const createByteReader = (stream: Readable): ByteReader => {
  const chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  let left: Uint8Array = new Uint8Array();
  return {
    read: async (byteLength) => {
      const piece = new Uint8Array(byteLength);
      let filled = 0;
      while (filled < byteLength) {
        if (left.byteLength === 0) {
          const { done, value } = await chunks.next();
          if (done === true) return undefined;
          left = value;
        }
        const some = left.subarray(0, byteLength - filled);
        piece.set(some, filled);
        filled += some.byteLength;
        left = left.subarray(some.byteLength);
      }
      return piece;
    },
  };
};
