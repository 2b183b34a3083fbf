import { stat } from 'node:fs/promises';
import type { Graph } from '../graph/graph.ts';
import type { ImageLayout } from '../graph/image-layout.ts';
import { LEAST_IMAGES } from '../precision/calibrate-graph.ts';
import type { ImageSet } from '../precision/image-set.ts';
import type { Extreme } from '../precision/observe-values.ts';
import { calibratedInput, geometryOf } from './calibration-input.ts';
import type { PictureGeometry } from './decode-picture.ts';
import { findPictures, NoPicturesError } from './find-pictures.ts';
import { rangeOfPixels, scalePixels, type PixelScaling } from './pixel-scaling.ts';
import { readPictures } from './read-pictures.ts';
import { readTensorFile } from './read-tensor-file.ts';

/** More images than this make calibration longer and no better. */
const MOST_IMAGES = 512;

/** Of large images fewer do: every value of the graph is looked at for each, and each is held in memory. */
const MOST_ELEMENTS = 2 ** 24;

/** Picks evenly from a list, so that every class of a folder has its share. */
const spread = <T>(items: readonly T[], count: number): T[] =>
  items.length <= count
    ? [...items]
    : Array.from({ length: count }, (_, index) => items[Math.floor((index * items.length) / count)] as T);

const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  );

const readFolder = async (
  folder: string,
  geometry: PictureGeometry,
  report?: (line: string) => void,
): Promise<ImageSet> => {
  const { channels, heightPx, widthPx } = geometry;
  const most = Math.min(
    MOST_IMAGES,
    Math.max(LEAST_IMAGES, Math.floor(MOST_ELEMENTS / (channels * heightPx * widthPx))),
  );
  return readPictures({ folder, paths: spread(await findPictures(folder), most), geometry, report });
};

const assertEnough = (path: string, images: ImageSet): ImageSet => {
  if (images.count >= LEAST_IMAGES) return images;
  throw new NoPicturesError(path, `it holds ${images.count}, and calibration needs ${LEAST_IMAGES} at least`);
};

/**
 * Reads what int8 is calibrated on, for a graph that takes plain pixels, channels first: a folder of pictures, of which
 * at most 512 are used, or a file of ready inputs (an ONNX TensorProto, `.pb`).
 *
 * @param report is told what was left out.
 * @throws {NoPicturesError} when there are too few.
 * @throws {UnreadablePicturesError} when pictures cannot be read.
 * @throws {TensorFileError} when the file holds no input of this model.
 */
export const readCalibration = async (
  path: string,
  geometry: PictureGeometry,
  report?: (line: string) => void,
): Promise<ImageSet> => {
  const { channels, heightPx, widthPx } = geometry;
  const images = (await isFile(path))
    ? await readTensorFile(path, { dtype: 'float32', shape: [channels, heightPx, widthPx] })
    : await readFolder(path, geometry, report);
  return assertEnough(path, images);
};

/** Inputs of a graph, and between which numbers such inputs lie. */
export interface CalibrationInputs {
  readonly images: ImageSet;
  readonly inputRange: Extreme;
}

const extremeOf = ({ data }: ImageSet): Extreme => {
  let [min, max] = [Infinity, -Infinity];
  for (const number of data) [min, max] = [Math.min(min, number), Math.max(max, number)];
  return { min, max };
};

/** What is read for a graph, and how. */
export interface CalibrationSource {
  /** A folder of pictures, or a file of inputs. */
  readonly path: string;
  /** How images lie at the graph's input. */
  readonly layout: ImageLayout;
  readonly scaling: PixelScaling;
  readonly report?: ((line: string) => void) | undefined;
}

/**
 * As {@link readCalibration}, for any graph of one input: pictures are put into its form, a file of inputs is taken as
 * it is.
 *
 * @throws {CalibrationInputError} when the graph has no input that this can be done for.
 * @throws {ChannelCountError} when the scaling is for another number of channels.
 */
export const readCalibrationFor = async (
  graph: Graph,
  source: CalibrationSource,
): Promise<CalibrationInputs> => {
  const { path, layout, scaling, report } = source;
  const input = calibratedInput(graph);
  const { dtype, shape } = input.value;
  if (await isFile(path)) {
    const kind = dtype === 'int32' ? dtype : 'float32';
    const images = await readTensorFile(path, { dtype: kind, shape: shape.slice(1) as number[] });
    return { images: assertEnough(path, images), inputRange: extremeOf(images) };
  }
  const geometry = geometryOf(input, layout);
  const inputRange = rangeOfPixels(scaling, geometry.channels);
  const pictures = assertEnough(path, await readFolder(path, geometry, report));
  return { images: scalePixels(pictures, scaling, layout), inputRange };
};
