import { MienError } from '@mien/contract';

/** The largest picture that a face is cut to: beyond it, a request is a mistake or an attack. */
export const MAX_CROP_PX = 4096;

/** A face was to be cut to a size that no picture has. */
export class InvalidCropSizeError extends MienError {
  override readonly name = 'InvalidCropSizeError';
  constructor(readonly sizePx: number) {
    super(`A face cannot be cut to ${sizePx} pixels. Pass a whole number from 1 to ${MAX_CROP_PX}.`);
  }
}
