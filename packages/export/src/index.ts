export { convert, type ConvertParams } from './convert.ts';
export { convertModel, type ConvertedModel } from './convert-model.ts';
export { convertGraphModel, type ConvertGraphModelParams } from './convert-graph-model.ts';
export {
  convertLayersModel,
  DynamicShapeError,
  type ConvertLayersModelParams,
} from './convert-layers-model.ts';
export { countOps, type Graph, type GraphNode, type NamedValue, type Value } from './graph/graph.ts';
export { DynamicRankError, type InputShapes } from './graph-model/declare-inputs.ts';
export type { OpCall, OpConverter, OpConverters } from './graph-model/op-call.ts';
export { UnsupportedNodeError } from './graph-model/edge.ts';
export { UnsupportedOpsError } from './graph-model/unsupported-ops-error.ts';
export type { ImageLayout } from './graph/image-layout.ts';
export { ShapeError } from './graph/infer/operation.ts';
export { inspectModel, type ModelInspection, type Obstacle } from './inspect-model.ts';
export {
  UnsupportedOpError,
  type LayerCall,
  type LayerConverter,
  type LayerConverters,
} from './layers/layer-call.ts';
export { layerConverters } from './layers/registry.ts';
export { opConverters } from './ops/registry.ts';
export { optimizeGraph } from './passes/optimize-graph.ts';
export type { Extreme, Extremes } from './precision/observe-values.ts';
export { quantizeGraph } from './precision/quantize-graph.ts';
export { toFloat16 } from './precision/to-float16.ts';
export { MissingWeightsError, WeightSizeError } from './read/join-weights.ts';
export { GraphModelError, NotATfjsModelError, type ModelFiles } from './read/model-files.ts';
export { NonFiniteWeightError } from './read/read-weights.ts';
export { OpsetError } from './write/lower-opset.ts';
export { GraphTooLargeError } from './write/graph-size.ts';
export { IR_VERSION, OPSET, PRODUCER, writeOnnx, type FileSettings } from './write/write-onnx.ts';
export {
  writeOnnxWithData,
  type DataPiece,
  type DataSettings,
  type OnnxWithData,
} from './write/write-onnx-with-data.ts';
