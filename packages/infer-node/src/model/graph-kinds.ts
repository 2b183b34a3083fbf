import { parseDetectorCard, parseModelCard, type DetectorCard, type ModelCard } from '@mien/contract';
import { expressionModel, faceDetectorModel } from '@mien/models';
import type { GraphKind } from './load-graph.ts';

/** Graphs that name the expression of an aligned face. */
export const EXPRESSION: GraphKind<ModelCard> = {
  parseCard: parseModelCard,
  shipped: expressionModel.fp32.model,
  advice: 'Export one with "npx nx run export:onnx"',
};

/** Graphs that find faces in a picture. */
export const DETECTOR: GraphKind<DetectorCard> = {
  parseCard: parseDetectorCard,
  shipped: faceDetectorModel.fp32.model,
  advice: 'Leave "detector" out for the one that ships with Mien',
};
