export { InvalidFrameError, type Frame } from '@mien/pixels';
export { classifyFaces } from './classify-faces.ts';
export { ClosedClassifierError } from './closed-classifier-error.ts';
export type { LabelProbability, Reading } from './reading.ts';
export type { RunGraph, Tensor, Tensors } from './run-graph.ts';
export { InvalidGraphOutputError, type RunnableCard } from './run-model.ts';
export { runSelfTest } from './run-self-test.ts';
