import { MienError } from '@mien/contract';

/** A picture that the browser cannot decode. */
export class UndecodableImageError extends MienError {
  override readonly name = 'UndecodableImageError';
  constructor(
    /** What it is, e.g. `the file "notes.txt"`. */
    readonly picture: string,
    options?: ErrorOptions,
  ) {
    super(
      `Cannot decode ${picture}. Pass a whole PNG, JPEG or WebP picture, or a canvas with content.`,
      options,
    );
  }
}

/** A picture from another origin, whose pixels the browser hides from the page. */
export class UnreadableImageError extends MienError {
  override readonly name = 'UnreadableImageError';
  constructor(
    readonly picture: string,
    options?: ErrorOptions,
  ) {
    super(
      `The browser does not let this page read the pixels of ${picture}, which comes from another origin. ` +
        'Load it with crossorigin="anonymous" from a server that allows it, or pass it as a Blob.',
      options,
    );
  }
}
