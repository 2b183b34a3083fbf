import { open } from 'node:fs/promises';
import { extname } from 'node:path';
import type { MediaKind } from './input.ts';

/** The names of picture files that folders are searched for. */
export const PICTURE_EXTENSIONS = ['jpg', 'jpeg', 'png', 'webp', 'gif', 'avif', 'tif', 'tiff'] as const;

/** The names of video files that folders are searched for; not `.ts`, which code has too. */
export const VIDEO_EXTENSIONS = [
  'mp4',
  'm4v',
  'mov',
  'mkv',
  'webm',
  'avi',
  'mpg',
  'mpeg',
  'mts',
  'm2ts',
  '3gp',
  'ogv',
  'wmv',
  'flv',
] as const;

/** How many bytes of a file tell what it is. */
export const SNIFFED_BYTES = 16;

/** Brands of ISO media files that are pictures: https://mp4ra.org/registered-types/brands */
const PICTURE_BRANDS = new Set([
  'avif',
  'avis',
  'heic',
  'heix',
  'heim',
  'heis',
  'hevc',
  'hevx',
  'mif1',
  'msf1',
]);

/** How Matroska and WebM, Ogg, MPEG program and video streams, ASF, and Flash video begin. */
const VIDEO_STARTS = [
  '\u001AE\u00DF\u00A3',
  'OggS',
  '\0\0\u0001\u00BA',
  '\0\0\u0001\u00B3',
  '0&\u00B2u',
  'FLV',
];
const QUICKTIME_ATOMS = new Set(['moov', 'mdat', 'wide']);

const latin1 = (bytes: Uint8Array, from: number, to: number): string =>
  String.fromCodePoint(...bytes.subarray(from, to));

/**
 * Tells a video from a picture by a file's first bytes; whatever is not known as a video counts as a picture, whose
 * decoder has the last word.
 *
 * @param head the first {@link SNIFFED_BYTES} bytes, or all where there are fewer.
 */
export const sniffMediaKind = (head: Uint8Array): MediaKind => {
  const first = latin1(head, 0, 4);
  if (latin1(head, 4, 8) === 'ftyp') return PICTURE_BRANDS.has(latin1(head, 8, 12)) ? 'picture' : 'video';
  if (first === 'RIFF') return latin1(head, 8, 12) === 'AVI ' ? 'video' : 'picture';
  const isTransportStream = first.startsWith('G') && !first.startsWith('GIF');
  const isVideo =
    VIDEO_STARTS.some((start) => first.startsWith(start)) ||
    QUICKTIME_ATOMS.has(latin1(head, 4, 8)) ||
    isTransportStream;
  return isVideo ? 'video' : 'picture';
};

const readHead = async (path: string): Promise<Uint8Array> => {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(SNIFFED_BYTES), 0, SNIFFED_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
};

/**
 * Tells whether a file is a picture or a video: by its name, or else by its first bytes. A file that cannot be opened
 * counts as a picture, so that reading it says what is wrong.
 */
export const mediaKindOf = async (path: string): Promise<MediaKind> => {
  const extension = extname(path).slice(1).toLowerCase();
  if (PICTURE_EXTENSIONS.some((known) => known === extension)) return 'picture';
  if (VIDEO_EXTENSIONS.some((known) => known === extension)) return 'video';
  try {
    return sniffMediaKind(await readHead(path));
  } catch {
    return 'picture';
  }
};
