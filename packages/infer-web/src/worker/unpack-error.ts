import {
  GoldenMismatchError,
  GraphMismatchError,
  InvalidModelCardError,
  unpackError as unpack,
  type PackedError,
} from '@mien/contract';
import { InvalidCropSizeError, InvalidFrameError, InvalidGraphOutputError } from '@mien/pipeline';
import { UndecodableImageError, UnreadableImageError } from '../image/image-errors.ts';
import { AssetError } from '../load/asset-error.ts';
import { MissingCardError } from '../load/missing-card-error.ts';
import { RuntimeStartError } from '../runtime/runtime-start-error.ts';

/** What the worker may raise. */
const CLASSES = {
  AssetError,
  GoldenMismatchError,
  GraphMismatchError,
  InvalidCropSizeError,
  InvalidFrameError,
  InvalidGraphOutputError,
  InvalidModelCardError,
  MissingCardError,
  RuntimeStartError,
  UndecodableImageError,
  UnreadableImageError,
};

/** Turns an error that was posted back into the one that it was. */
export const unpackError = (packed: PackedError): Error => unpack(packed, CLASSES);
