import type { Multipart, MultipartFile } from '@fastify/multipart';
import { isMienError } from '@mien/contract';
import type { FastifyRequest } from 'fastify';
import type { BodyAllowance } from '../body/body-memory.ts';
import { collectBody } from '../body/collect-body.ts';
import { BodyTooLargeError, MalformedBodyError } from '../problem/request-errors.ts';
import type { UploadedImage } from './uploaded-image.ts';

const MAX_FIELDS = 8;
const MAX_FIELD_BYTES = 64;
const MAX_NAME_LENGTH = 255;

/** A form as it arrived: its files, and the fields that say how to look at them. */
export interface MultipartUpload {
  readonly images: readonly UploadedImage[];
  readonly fields: Readonly<Record<string, unknown>>;
}

const readFile = async (
  { file, filename }: MultipartFile,
  allowance: BodyAllowance,
): Promise<UploadedImage> => {
  const bytes = await collectBody(file, allowance);
  return { ...(filename ? { name: filename.slice(0, MAX_NAME_LENGTH) } : {}), bytes };
};

const partsOf = (request: FastifyRequest, maxImages: number): AsyncIterableIterator<Multipart> =>
  request.parts({
    limits: {
      files: maxImages,
      fields: MAX_FIELDS,
      fieldSize: MAX_FIELD_BYTES,
      fieldNameSize: MAX_FIELD_BYTES,
      headerPairs: 16,
      // What a file may have at most is the allowance's business, which counts all of them together.
      fileSize: Infinity,
    },
  });

/** The form's parser reports what is wrong with a form as plain errors: a fault of the request, not of the server. */
const asFormFault = (error: unknown, maxImages: number): unknown => {
  if (isMienError(error) || !(error instanceof Error)) return error;
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'FST_FILES_LIMIT') return new BodyTooLargeError('Too many images', `${maxImages}`);
  if (code === 'FST_FIELDS_LIMIT') return new BodyTooLargeError('Too many fields', `${MAX_FIELDS}`);
  return new MalformedBodyError(`it is no whole form (${error.message})`);
};

/**
 * Reads a form. Every part that is a file is an image, whatever its name.
 *
 * @throws {MalformedBodyError} when it is no whole form, or has no image.
 * @throws {BodyTooLargeError | BodyMemoryFullError} when it is larger than it may be.
 */
export const readMultipartUpload = async (
  request: FastifyRequest,
  allowance: BodyAllowance,
  { maxImages }: { readonly maxImages: number },
): Promise<MultipartUpload> => {
  const images: UploadedImage[] = [];
  const fields: Record<string, unknown> = {};
  try {
    for await (const part of partsOf(request, maxImages)) {
      if (part.type === 'file') images.push(await readFile(part, allowance));
      else if (part.valueTruncated)
        throw new BodyTooLargeError(`Field "${part.fieldname}"`, `${MAX_FIELD_BYTES} bytes`);
      else fields[part.fieldname] = part.value;
    }
  } catch (error) {
    request.raw.resume();
    throw asFormFault(error, maxImages);
  }
  if (images.length === 0)
    throw new MalformedBodyError('the form has no image; send one as curl -F image=@photo.jpg does');
  return { images, fields };
};
