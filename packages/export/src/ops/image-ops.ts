import { contentsOf } from '../graph/contents.ts';
import { inChannelsFirst } from '../graph/channels-first.ts';
import { ABSENT, ints, string, type Value } from '../graph/graph.ts';
import type { OpCall, OpConverter, OpConverters } from '../graph-model/op-call.ts';
import { cropAndResize } from './crop-and-resize.ts';
import { toFloat } from './promote.ts';

const coordinatesOf = (call: OpCall): string => {
  if (call.attributes.boolean('align_corners')) return 'align_corners';
  return call.attributes.boolean('half_pixel_centers') ? 'half_pixel' : 'asymmetric';
};

/** tfjs takes the pixel that lies before the place, and the nearest one where corners are aligned or pixels halved. */
const nearestMode = (coordinates: string): string => (coordinates === 'asymmetric' ? 'floor' : 'round_prefer_ceil');

const resize =
  (mode: 'linear' | 'nearest'): OpConverter =>
  (call) => {
    const coordinates = coordinatesOf(call);
    const attributes = {
      axes: ints([2, 3]),
      coordinate_transformation_mode: string(coordinates),
      mode: string(mode),
      ...(mode === 'nearest' ? { nearest_mode: string(nearestMode(coordinates)) } : {}),
    };
    const sizes = call.sizes(1);
    const input = mode === 'linear' ? toFloat(call, call.tensor(0)) : call.tensor(0);
    if (contentsOf(sizes)?.join() === input.shape.slice(1, 3).join()) return input;
    return inChannelsFirst(call, input, (x): Value => call.add('Resize', [x, ABSENT, ABSENT, sizes], attributes));
  };

/** Operators that resize and cut images. */
export const imageOps: OpConverters = {
  CropAndResize: cropAndResize,
  ResizeBilinear: resize('linear'),
  ResizeNearestNeighbor: resize('nearest'),
};
