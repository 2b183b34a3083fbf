import { GoldenMismatchError, isMienError, MienError } from '@mien/contract';
import { InvalidCropSizeError, InvalidFrameError, InvalidGraphOutputError } from '@mien/pipeline';
import { ImageTooLargeError, UndecodableImageError, UnreadableImageError } from '../image/image-errors.ts';
import { InvalidModelError } from '../model/invalid-model-error.ts';
import { DeviceUnavailableError } from '../session/device.ts';
import { InvalidTensorError } from './invalid-tensor-error.ts';

/** An error on its way between threads: posting keeps neither an error's class nor its fields. */
export interface PackedError {
  readonly message: string;
  /** Undefined for errors that were not raised on purpose. */
  readonly className: string | undefined;
  readonly stack: string | undefined;
  /** What the error carries, `name` included. */
  readonly fields: Readonly<Record<string, unknown>>;
}

const CLASSES: Readonly<Record<string, { readonly prototype: MienError }>> = {
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

/** Turns what a worker caught into plain data. */
export const packError = (error: unknown): PackedError => {
  if (!(error instanceof Error))
    return { message: String(error), className: undefined, stack: undefined, fields: {} };
  const { message, stack } = error;
  return isMienError(error)
    ? { message, className: error.name, stack, fields: Object.fromEntries(Object.entries(error)) }
    : { message, className: undefined, stack, fields: {} };
};

/** Turns it back into an error of the class, and with the fields, that it had; a defect becomes a plain `Error`. */
export const unpackError = ({ message, className, stack, fields }: PackedError): Error => {
  const prototype = className === undefined ? undefined : CLASSES[className]?.prototype;
  if (prototype === undefined) return Object.assign(new Error(message), stack === undefined ? {} : { stack });
  const error = new MienError(message);
  Object.setPrototypeOf(error, prototype);
  return Object.assign(error, fields);
};
