import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { MienError } from '@mien/contract';
import type { Vectors } from './vectors.ts';
import { writeAtomically } from './write-atomically.ts';

/** A file of named float32 arrays with a JSON header. */
export interface Checkpoint<Header> {
  readonly header: Header;
  readonly vectors: Vectors;
}

/** A checkpoint that cannot be read: damaged, cut short, or no checkpoint at all. */
export class CorruptCheckpointError extends MienError {
  override readonly name = 'CorruptCheckpointError';
  constructor(
    readonly file: string,
    readonly problem: string,
    options?: ErrorOptions,
  ) {
    super(`Cannot go on from ${file}: ${problem}. Start anew with --fresh.`, options);
  }
}

/** First bytes of every checkpoint; the digit is the format's version. */
const MAGIC = Buffer.from('MIENCKP1', 'latin1');
const PREFIX_BYTES = MAGIC.length + 4;

interface Envelope {
  readonly header: unknown;
  readonly vectors: readonly (readonly [name: string, length: number])[];
  readonly sha256: string;
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const bytesOf = (vector: Float32Array): Uint8Array =>
  new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength);

/**
 * Writes a checkpoint so that the file is at every moment either the old one or the new one, whole.
 *
 * Layout: magic, header length (uint32), header (JSON), arrays (float32); little-endian.
 */
export const writeCheckpoint = async (
  file: string,
  { header, vectors }: Checkpoint<unknown>,
): Promise<void> => {
  const payload = Buffer.concat([...vectors.values()].map(bytesOf));
  const envelope: Envelope = {
    header,
    vectors: [...vectors].map(([name, vector]) => [name, vector.length] as const),
    sha256: sha256(payload),
  };
  const json = Buffer.from(JSON.stringify(envelope));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(json.length);
  await writeAtomically(file, Buffer.concat([MAGIC, length, json, payload]));
};

const parseEnvelope = (file: string, json: Buffer): Envelope => {
  try {
    return JSON.parse(json.toString()) as Envelope;
  } catch (error) {
    throw new CorruptCheckpointError(file, 'its header is damaged', { cause: error });
  }
};

/**
 * Reads what {@link writeCheckpoint} wrote.
 *
 * @throws {CorruptCheckpointError} when the file is not a checkpoint or its bytes are not those that were written.
 */
export const readCheckpoint = async <Header>(file: string): Promise<Checkpoint<Header>> => {
  const bytes = await readFile(file);
  if (bytes.length < PREFIX_BYTES || !bytes.subarray(0, MAGIC.length).equals(MAGIC)) {
    throw new CorruptCheckpointError(file, 'it is not a checkpoint of this version');
  }
  const start = PREFIX_BYTES + bytes.readUInt32LE(MAGIC.length);
  const envelope = parseEnvelope(file, bytes.subarray(PREFIX_BYTES, start));
  // A copy of its own, aligned for float32.
  const payload = Uint8Array.from(bytes.subarray(start));
  if (sha256(payload) !== envelope.sha256)
    throw new CorruptCheckpointError(file, 'its bytes are damaged or cut short');
  const vectors = new Map<string, Float32Array>();
  let offset = 0;
  for (const [name, length] of envelope.vectors) {
    vectors.set(name, new Float32Array(payload.buffer, offset, length));
    offset += length * Float32Array.BYTES_PER_ELEMENT;
  }
  return { header: envelope.header as Header, vectors };
};
