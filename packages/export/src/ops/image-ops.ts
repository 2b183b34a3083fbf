import { contentsOf } from '../graph/contents.ts';
import { inChannelsFirst } from '../graph/channels-first.ts';
import { ABSENT, int, string, type Value } from '../graph/graph.ts';
import type { Dim } from '../graph/shape.ts';
import { floatTensor } from '../graph/tensor.ts';
import type { OpCall, OpConverter, OpConverters } from '../graph-model/op-call.ts';
import { cropAndResize } from './crop-and-resize.ts';
import { projectiveTransform } from './projective-transform.ts';
import { toFloat } from './promote.ts';

const coordinatesOf = (call: OpCall): string => {
  if (call.attributes.boolean('align_corners')) return 'align_corners';
  return call.attributes.boolean('half_pixel_centers') ? 'half_pixel' : 'asymmetric';
};

/** tfjs takes the pixel that lies before the place, and the nearest one where corners are aligned or pixels halved. */
const nearestMode = (coordinates: string): string =>
  coordinates === 'asymmetric' ? 'floor' : 'round_prefer_ceil';

/** By how much each axis grows, where these are whole numbers. */
const wholeFactors = (input: Value, sizes: readonly Dim[] | undefined): readonly number[] | undefined => {
  const factors = sizes?.map((size, axis) => {
    const before = input.shape[axis + 2];
    return typeof size === 'number' && typeof before === 'number' ? size / before : Number.NaN;
  });
  return factors?.every(Number.isInteger) === true ? factors : undefined;
};

/**
 * The target of a Resize: all four sizes where they are known, else whole factors, else what is computed as the graph
 * runs. The attribute `axes` would be shorter, but onnxruntime 1.30 loses track of it when it moves a Transpose.
 */
const targetOf = (call: OpCall, image: Value, sizes: Value): readonly Value[] => {
  const known = contentsOf(sizes);
  const all = [...image.shape.slice(0, 2), ...(known ?? ['?', '?'])];
  if (all.every((size) => typeof size === 'number')) return [ABSENT, ABSENT, call.integers('sizes', all)];
  const factors = wholeFactors(image, known);
  if (factors !== undefined) {
    return [ABSENT, call.constant('scales', floatTensor([4], [1, 1, ...factors]))];
  }
  const shape = call.add('Shape', [image], { end: int(2) });
  return [ABSENT, ABSENT, call.add('Concat', [shape, sizes], { axis: int(0) })];
};

const resize =
  (mode: 'linear' | 'nearest'): OpConverter =>
  (call) => {
    const coordinates = coordinatesOf(call);
    const attributes = {
      coordinate_transformation_mode: string(coordinates),
      mode: string(mode),
      ...(mode === 'nearest' ? { nearest_mode: string(nearestMode(coordinates)) } : {}),
    };
    const sizes = call.sizes(1);
    const input = mode === 'linear' ? toFloat(call, call.tensor(0)) : call.tensor(0);
    if (contentsOf(sizes)?.join() === input.shape.slice(1, 3).join()) return input;
    return inChannelsFirst(call, input, (x): Value =>
      call.add('Resize', [x, ...targetOf(call, x, sizes)], attributes),
    );
  };

/** Operators that resize and cut images. */
export const imageOps: OpConverters = {
  CropAndResize: cropAndResize,
  ImageProjectiveTransformV3: projectiveTransform,
  ResizeBilinear: resize('linear'),
  ResizeNearestNeighbor: resize('nearest'),
};
