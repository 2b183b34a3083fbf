import { stat } from 'node:fs/promises';
import type { InputGeometry } from '@mien/pixels';
import { LEAST_IMAGES } from '../precision/calibrate-graph.ts';
import type { ImageSet } from '../precision/image-set.ts';
import { findPictures, NoFacesError } from './find-pictures.ts';
import { readFaces } from './read-faces.ts';
import { readTensorFile } from './read-tensor-file.ts';

/** More images than this make calibration longer and no better. */
const MOST_IMAGES = 512;

/** Picks evenly from a list, so that every class of a folder has its share. */
const spread = <T>(items: readonly T[], count: number): T[] =>
  items.length <= count
    ? [...items]
    : Array.from({ length: count }, (_, index) => items[Math.floor((index * items.length) / count)] as T);

/**
 * Reads what int8 is calibrated on: a folder of cropped faces, of which at most 512 are used, or a file of ready inputs
 * (an ONNX TensorProto, `.pb`).
 *
 * @param report is told what was left out.
 * @throws {NoFacesError} when there are too few.
 * @throws {UnreadableFacesError} when pictures cannot be read.
 * @throws {TensorFileError} when the file holds no input of this model.
 */
export const readCalibrationFaces = async (
  path: string,
  geometry: InputGeometry,
  report?: (line: string) => void,
): Promise<ImageSet> => {
  const isFile = await stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
  const images = isFile
    ? await readTensorFile(path, geometry)
    : await readFaces({
        folder: path,
        paths: spread(await findPictures(path), MOST_IMAGES),
        geometry,
        report,
      });
  if (images.count < LEAST_IMAGES) {
    throw new NoFacesError(path, `it holds ${images.count}, and calibration needs ${LEAST_IMAGES} at least`);
  }
  return images;
};
