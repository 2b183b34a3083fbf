import { MienError } from '@mien/contract';

/** A picture cannot be read at all. */
export class UnreadableImageError extends MienError {
  override readonly name = 'UnreadableImageError';
  constructor(
    readonly image: string,
    /** Why, and what to do. */
    readonly reason: string,
  ) {
    super(`Cannot read ${image}: ${reason}.`);
  }
}

/** A picture was read, but its bytes are no picture that can be decoded. */
export class UndecodableImageError extends MienError {
  override readonly name = 'UndecodableImageError';
  constructor(
    readonly image: string,
    readonly reason: string,
  ) {
    super(`Cannot decode ${image}: ${reason}. Use a whole JPEG, PNG, WebP, GIF, AVIF or TIFF file.`);
  }
}

/** A picture has more bytes, or unpacks to more pixels, than is allowed. */
export class ImageTooLargeError extends MienError {
  override readonly name = 'ImageTooLargeError';
  constructor(
    readonly image: string,
    /** The option that sets the limit, and what is counted. */
    readonly option: 'maxBytes' | 'maxPixels',
    readonly limit: number,
    /** As far as it is known: a stream is not read further than the limit. */
    readonly size?: number,
  ) {
    const unit = option === 'maxBytes' ? 'bytes' : 'pixels';
    const has = size === undefined ? `more ${unit}` : `${size} ${unit}, more`;
    super(`${image} has ${has} than the ${limit} allowed. Shrink it, or raise "${option}".`);
  }
}
