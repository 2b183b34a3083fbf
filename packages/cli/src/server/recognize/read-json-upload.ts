import { isMienError } from '@mien/contract';
import { BodyTooLargeError } from '../problem/request-errors.ts';
import { decodeBase64, type RecognitionRequest, type Upload, type UploadedImage } from './uploaded-image.ts';

/** A JSON body that its schema has passed. */
export type JsonUpload = RecognitionRequest &
  ({ readonly image: string } | { readonly images: readonly string[] });

const decodeOrSayWhy = (text: string): UploadedImage => {
  try {
    return { bytes: decodeBase64(text) };
  } catch (error) {
    if (isMienError(error)) return { bytes: error };
    throw error;
  }
};

/**
 * Takes the images out of a JSON body.
 *
 * @throws {BodyTooLargeError} when there are more images than one request may have.
 */
export const readJsonUpload = (body: JsonUpload, { maxImages }: { readonly maxImages: number }): Upload => {
  const { maxFaces, minConfidence, unsureBelow } = body;
  const texts = 'image' in body ? [body.image] : body.images;
  if (texts.length > maxImages) throw new BodyTooLargeError(`${texts.length} images`, `${maxImages}`);
  const options = {
    ...(maxFaces === undefined ? {} : { maxFaces }),
    ...(minConfidence === undefined ? {} : { minConfidence }),
    ...(unsureBelow === undefined ? {} : { unsureBelow }),
  };
  return { images: texts.map(decodeOrSayWhy), options };
};
