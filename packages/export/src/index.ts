export { convert, type ConvertParams } from './convert.ts';
export { convertGraphModel, type ConvertGraphModelParams } from './convert-graph-model.ts';
export {
  convertLayersModel,
  DynamicShapeError,
  type ConvertLayersModelParams,
} from './convert-layers-model.ts';
export { countOps, type Graph, type GraphNode, type NamedValue, type Value } from './graph/graph.ts';
export { ShapeError } from './graph/infer/operation.ts';
export { UnsupportedOpError } from './layers/layer-call.ts';
export { layerConverters } from './layers/registry.ts';
export { optimizeGraph } from './passes/optimize-graph.ts';
export type { Extreme, Extremes } from './precision/observe-values.ts';
export { quantizeGraph } from './precision/quantize-graph.ts';
export { toFloat16 } from './precision/to-float16.ts';
export { MissingWeightsError, WeightSizeError } from './read/join-weights.ts';
export { GraphModelError, NotATfjsModelError, type ModelFiles } from './read/model-files.ts';
export { NonFiniteWeightError } from './read/read-weights.ts';
export { IR_VERSION, OPSET, PRODUCER, writeOnnx } from './write/write-onnx.ts';
