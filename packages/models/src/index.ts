export { expressionModel } from './expression-model.ts';
export { faceDetectorModel } from './face-detector-model.ts';
export type { ShippedGraph } from './shipped-graph.ts';
