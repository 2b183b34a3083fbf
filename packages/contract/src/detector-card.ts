import * as v from 'valibot';
import { graphFile, graphOutput } from './card-graph.ts';
import { count, positive, text } from './card-values.ts';

/** The version of the detector card's schema that this code reads and writes. */
export const DETECTOR_CARD_SCHEMA_VERSION = 1;

/**
 * The numbers of one candidate, in the order of the graph's output: how sure the detector is, in [0, 1], and places as
 * shares of the input's side, from its left and top.
 */
export const CANDIDATE_FIELDS = [
  'confidence',
  'centreX',
  'centreY',
  'width',
  'height',
  'rightEyeX',
  'rightEyeY',
  'leftEyeX',
  'leftEyeY',
  'noseTipX',
  'noseTipY',
  'mouthX',
  'mouthY',
  'rightEarX',
  'rightEarY',
  'leftEarX',
  'leftEarY',
] as const;

const golden = v.object({
  seed: count,
  /** Every how many of an image's candidates {@link golden.outputs} holds, from the first on. */
  candidateStep: positive,
  /** Expected numbers, for each image of the golden input those of the candidates picked, one after the other. */
  outputs: v.pipe(v.array(v.array(v.number())), v.minLength(1)),
  tolerance: v.pipe(v.number(), v.gtValue(0)),
});

/** Validates the card that lies beside a face detector's ONNX graph. */
export const detectorCardSchema = v.pipe(
  v.object({
    schemaVersion: v.literal(DETECTOR_CARD_SCHEMA_VERSION),
    kind: v.literal('face-detector'),
    name: text,
    /** Who made the network, and what its graph was made from. */
    source: text,
    licence: v.object({ weights: text }),
    input: v.object({
      widthPx: positive,
      heightPx: positive,
      channels: v.literal(3),
      colour: v.literal('rgb'),
      range: v.tuple([v.literal(0), v.literal(255)]),
    }),
    /** How many faces the graph names in each picture, nearly all of them unlikely. */
    candidates: positive,
    graph: v.object({ ...graphFile, output: graphOutput }),
    golden,
  }),
  v.check(({ input }) => input.widthPx === input.heightPx, 'input must be square'),
  v.check(
    ({ candidates, golden: { candidateStep, outputs } }) =>
      outputs.every((row) => row.length === Math.ceil(candidates / candidateStep) * CANDIDATE_FIELDS.length),
    'golden.outputs must hold the numbers of every candidateStep-th candidate',
  ),
);

/** What a runtime needs to know of a face detector's graph: the sidecar `*.card.json` of its ONNX file. */
export type DetectorCard = v.InferOutput<typeof detectorCardSchema>;
