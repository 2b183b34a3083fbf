import { GoldenMismatchError, type PackedError, unpackError as unpack } from '@mien/contract';
import { InvalidCropSizeError, InvalidFrameError, InvalidGraphOutputError } from '@mien/pipeline';
import { ImageTooLargeError, UndecodableImageError, UnreadableImageError } from '../image/image-errors.ts';
import { InvalidModelError } from '../model/invalid-model-error.ts';
import { DeviceUnavailableError } from '../session/device.ts';
import { InvalidTensorError } from './invalid-tensor-error.ts';

/** What worker threads may raise. */
const CLASSES = {
  DeviceUnavailableError,
  GoldenMismatchError,
  ImageTooLargeError,
  InvalidCropSizeError,
  InvalidFrameError,
  InvalidGraphOutputError,
  InvalidModelError,
  InvalidTensorError,
  UndecodableImageError,
  UnreadableImageError,
};

/** Turns an error that was posted back into the one that it was. */
export const unpackError = (packed: PackedError): Error => unpack(packed, CLASSES);
