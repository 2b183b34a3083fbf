import { int, type Attributes } from '../graph/graph.ts';
import type { LayerConverter } from './layer-call.ts';
import { windowAttributes } from '../graph/window-attributes.ts';
import { channelsFirst, readWindow } from './window.ts';

const pooling =
  (op: string, attributes: Attributes): LayerConverter =>
  (call) => {
    const window = readWindow(call, 'poolSize');
    return channelsFirst(call, call.input, (x) =>
      call.add(op, [x], { ...attributes, ...windowAttributes(window, x) }),
    );
  };

/** Pools height and width away, `[N, H, W, C]` to `[N, C]`. */
const globalPooling =
  (op: string): LayerConverter =>
  (call) => {
    const pooled = channelsFirst(call, call.input, (x) => call.add(op, [x]));
    return call.builder.reshape(call.name, pooled, [pooled.shape[0] ?? 1, pooled.shape[3] ?? 1]);
  };

/** Two-dimensional poolings. */
export const poolingLayers: Readonly<Record<string, LayerConverter>> = {
  // tfjs leaves the padding out of the average, like ONNX without count_include_pad.
  AveragePooling2D: pooling('AveragePool', { count_include_pad: int(0) }),
  GlobalAveragePooling2D: globalPooling('GlobalAveragePool'),
  GlobalMaxPooling2D: globalPooling('GlobalMaxPool'),
  MaxPooling2D: pooling('MaxPool', {}),
};
