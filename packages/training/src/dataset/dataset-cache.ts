import { createHash } from 'node:crypto';
import { mkdir, open, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { CacheWriteError } from './dataset-errors.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { ImageDataset, ImageSplit } from './image-dataset.ts';
import { SPLITS, type Split } from './sample.ts';

/*
 * The file: the magic line, the header's length (uint32, little-endian), the header's SHA-256, the header as JSON,
 * then for each split of the header its targets (float32), those of its own labels if it has them, scored flags and pixels. The header's hash and the
 * dataset's fingerprint, which is taken anew on reading, cover every byte.
 */
const MAGIC = Buffer.from('mien dataset 1\n', 'latin1');
const PREFIX_BYTES = MAGIC.length + 4 + 32;

type Header = Omit<ImageDataset, Split> & {
  readonly splits: Readonly<Partial<Record<Split, { readonly sources: readonly string[] }>>>;
};

const headerOf = (dataset: ImageDataset): Header => {
  const { train, validation, test, ...rest } = dataset;
  return {
    ...rest,
    splits: {
      train: { sources: train.sources },
      validation: { sources: validation.sources },
      ...(test && { test: { sources: test.sources } }),
    },
  };
};

const bytesOf = (values: Float32Array): Uint8Array =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength);

const partsOf = ({ targets, ownTargets, scored, pixels }: ImageSplit): Uint8Array[] => [
  bytesOf(targets),
  ...(ownTargets === undefined ? [] : [bytesOf(ownTargets)]),
  scored,
  pixels,
];

const writeAll = async (file: FileHandle, parts: readonly Uint8Array[]): Promise<void> => {
  for (const part of parts)
    for (let at = 0; at < part.length;) at += (await file.write(part, at, part.length - at)).bytesWritten;
};

/**
 * Keeps a decoded dataset in a file. The file appears whole or not at all.
 *
 * @throws {CacheWriteError} when it cannot be written, e.g. because the disk is full.
 */
export const writeDatasetCache = async (path: string, dataset: ImageDataset): Promise<void> => {
  const header = Buffer.from(JSON.stringify(headerOf(dataset)));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(header.length);
  const hash = createHash('sha256').update(header).digest();
  const splits = SPLITS.flatMap((name) => (dataset[name] === undefined ? [] : partsOf(dataset[name])));
  const parts = [MAGIC, length, hash, header, ...splits];
  const partial = `${path}.${process.pid}.partial`;
  try {
    await mkdir(dirname(path), { recursive: true });
    const file = await open(partial, 'w');
    try {
      await writeAll(file, parts);
    } finally {
      await file.close();
    }
    await rename(partial, path);
  } catch (cause) {
    await rm(partial, { force: true }).catch(() => undefined);
    const bytes = parts.reduce((sum, part) => sum + part.length, 0);
    throw new CacheWriteError(path, bytes / 1e6, { cause });
  }
};

const readExactly = async (file: FileHandle, into: Uint8Array): Promise<boolean> => {
  for (let at = 0; at < into.length;) {
    const { bytesRead } = await file.read(into, at, into.length - at);
    if (bytesRead === 0) return false;
    at += bytesRead;
  }
  return true;
};

const readHeader = async (file: FileHandle): Promise<Header | undefined> => {
  const prefix = Buffer.alloc(PREFIX_BYTES);
  if (!(await readExactly(file, prefix)) || !prefix.subarray(0, MAGIC.length).equals(MAGIC)) return undefined;
  const length = prefix.readUInt32LE(MAGIC.length);
  if (length > (await file.stat()).size) return undefined;
  const bytes = Buffer.alloc(length);
  if (!(await readExactly(file, bytes))) return undefined;
  const hash = createHash('sha256').update(bytes).digest();
  if (!hash.equals(prefix.subarray(MAGIC.length + 4))) return undefined;
  return JSON.parse(bytes.toString()) as Header;
};

const readSplit = async (
  file: FileHandle,
  { labels, ownLabels, widthPx, heightPx, channels }: Header,
  sources: readonly string[],
): Promise<ImageSplit | undefined> => {
  const count = sources.length;
  const targets = new Float32Array(count * labels.length);
  const scored = new Uint8Array(count);
  const pixels = new Uint8Array(new SharedArrayBuffer(count * widthPx * heightPx * channels));
  const ownTargets = ownLabels === undefined ? undefined : new Float32Array(count * ownLabels.length);
  const split = {
    count,
    pixels,
    targets,
    ...(ownTargets === undefined ? {} : { ownTargets }),
    sources,
    scored,
  };
  for (const part of partsOf(split)) if (!(await readExactly(file, part))) return undefined;
  return split;
};

const readWhole = async (file: FileHandle): Promise<ImageDataset | undefined> => {
  const header = await readHeader(file);
  if (header === undefined) return undefined;
  const { splits, ...rest } = header;
  const read: Partial<Record<Split, ImageSplit>> = {};
  for (const name of SPLITS) {
    const sources = splits[name]?.sources;
    if (sources === undefined) continue;
    const split = await readSplit(file, header, sources);
    if (split === undefined) return undefined;
    read[name] = split;
  }
  if (read.train === undefined || read.validation === undefined) return undefined;
  const dataset = { ...rest, train: read.train, validation: read.validation, test: read.test };
  return fingerprintOf(dataset) === header.fingerprint ? dataset : undefined;
};

/** Reads a dataset that was kept. @returns undefined when there is none, or it is damaged in any byte. */
export const readDatasetCache = async (path: string): Promise<ImageDataset | undefined> => {
  const file = await open(path, 'r').catch(() => undefined);
  if (file === undefined) return undefined;
  try {
    return await readWhole(file);
  } finally {
    await file.close();
  }
};
