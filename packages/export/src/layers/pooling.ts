import { int, type Attributes } from '../graph/graph.ts';
import type { LayerConverter, LayerConverters } from './layer-call.ts';
import { windowAttributes } from '../graph/window-attributes.ts';
import { channelsFirst, isChannelsFirst, readWindow } from './window.ts';

const pooling =
  (op: string, attributes: Attributes): LayerConverter =>
  (call) => {
    const window = readWindow(call, 'poolSize', 2);
    return channelsFirst(call, call.input, (x) =>
      call.add(op, [x], { ...attributes, ...windowAttributes(window, x) }),
    );
  };

/** Pools height and width away, `[N, H, W, C]` to `[N, C]`. */
const globalPooling =
  (op: string): LayerConverter =>
  (call) => {
    const pooled = channelsFirst(call, call.input, (x) => call.add(op, [x]));
    const channels = pooled.shape[isChannelsFirst(call) ? 1 : 3] ?? 1;
    return call.builder.reshape(call.name, pooled, [pooled.shape[0] ?? 1, channels]);
  };

/** Two-dimensional poolings. */
export const poolingLayers: LayerConverters = {
  // tfjs leaves the padding out of the average, like ONNX without count_include_pad.
  AveragePooling2D: pooling('AveragePool', { count_include_pad: int(0) }),
  GlobalAveragePooling2D: globalPooling('GlobalAveragePool'),
  GlobalMaxPooling2D: globalPooling('GlobalMaxPool'),
  MaxPooling2D: pooling('MaxPool', {}),
};
