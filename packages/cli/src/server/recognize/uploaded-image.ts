import { MalformedBodyError } from '../problem/request-errors.ts';

/** One image as a client has sent it. */
export interface UploadedImage {
  /** The name of its file, where the client gave one; for its own use. */
  readonly name?: string;
  /** The encoded image, or why there are no bytes. */
  readonly bytes: Uint8Array | Error;
}

/** What a client may ask for; where it does not, the server's own settings hold. */
export interface RecognitionRequest {
  readonly maxFaces?: number;
  readonly minConfidence?: number;
  readonly unsureBelow?: number;
}

/** A request to recognise faces, whatever it was sent as. */
export interface Upload {
  readonly images: readonly UploadedImage[];
  readonly options: RecognitionRequest;
}

const DATA_URL = /^data:[\w.+-]*\/?[\w.+-]*;base64,/u;

/**
 * Decodes base64, in either alphabet, with or without a `data:` URL's beginning.
 *
 * @throws {MalformedBodyError} when anything else is in the text. Node's decoder passes that over, which shows in the
 *   number of bytes.
 */
export const decodeBase64 = (text: string): Buffer => {
  const start = DATA_URL.exec(text.slice(0, 128))?.[0].length ?? 0;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const digits = text.length - start - padding;
  const bytes = Buffer.from(start === 0 ? text : text.slice(start), 'base64');
  if (digits % 4 === 1 || bytes.byteLength !== Math.floor((digits * 3) / 4))
    throw new MalformedBodyError('the image is no base64');
  return bytes;
};
