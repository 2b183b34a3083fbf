import * as v from 'valibot';
import { graphFile, graphOutput } from './card-graph.ts';
import { evaluation, measuredPrecision, type precision, robustness } from './card-measurements.ts';
import { count, fraction, positive, sha256, text, uniqueLabels } from './card-values.ts';

/** The version of the card's schema that this code reads and writes. */
export const MODEL_CARD_SCHEMA_VERSION = 1;

const input = v.pipe(
  v.object({
    widthPx: positive,
    heightPx: positive,
    channels: v.picklist([1, 3]),
    /** `gray` for one channel, `rgb` for three. */
    colour: v.picklist(['gray', 'rgb']),
    /** Pixel values as the graph takes them: bytes as float32; the graph itself scales them. */
    range: v.tuple([v.literal(0), v.literal(255)]),
  }),
  v.check(({ channels, colour }) => (channels === 1) === (colour === 'gray'), 'colour must fit channels'),
);

const calibration = v.object({
  method: v.literal('temperature'),
  /** Logits were divided by it; already inside the graph. 1 = as trained. */
  temperature: v.pipe(v.number(), v.gtValue(0)),
  /** The data it was fitted on. */
  fittedOn: text,
  eceBefore: fraction,
  eceAfter: fraction,
});

const training = v.object({
  architecture: text,
  parameters: positive,
  dataset: v.object({
    name: text,
    kind: v.picklist(['folder', 'fer2013-csv', 'synthetic']),
    fingerprint: sha256,
    trainImages: count,
    validationImages: count,
    /** What the data is, who made it, and where it is to be had. */
    source: v.optional(text),
  }),
  /** Training images left out: those that validation or test images are copies of, and those that a list named. */
  excluded: v.optional(count),
  seed: count,
  epochs: count,
  /** Every setting that shaped the weights. */
  recipe: v.record(v.string(), v.unknown()),
  backend: text,
  packages: v.record(v.string(), v.string()),
  seconds: v.pipe(v.number(), v.minValue(0)),
  finishedAt: v.pipe(v.string(), v.isoTimestamp()),
  /** The command that trains the same model again. */
  command: v.optional(text),
  /** The commit of the code that trained it. */
  commit: v.optional(v.pipe(v.string(), v.regex(/^[0-9a-f]{7,40}$/u))),
  /** The machine: processor or GPU. */
  hardware: v.optional(text),
  /** Wall-clock time of the whole training, interruptions left out; `seconds` is the last run's alone. */
  hours: v.optional(v.pipe(v.number(), v.minValue(0))),
});

/** A further softmax on the same features, with classes of its own. */
const otherHead = v.object({
  /** The name of the trained model's output layer and of the graph's output. */
  output: text,
  labels: uniqueLabels,
  calibration,
  evaluation: v.array(evaluation),
});

const otherHeads = v.pipe(
  v.array(otherHead),
  v.check(
    (heads) => new Set(heads.map(({ output }) => output)).size === heads.length,
    'otherHeads must have outputs of different names',
  ),
);

const licence = v.object({ weights: text, data: text });

const trainedEntries = {
  schemaVersion: v.literal(MODEL_CARD_SCHEMA_VERSION),
  name: text,
  /** The classes, in the order of the outputs. */
  labels: uniqueLabels,
  input,
  calibration,
  training,
  evaluation: v.array(evaluation),
  /** Further heads of the same network; `labels`, `calibration` and `evaluation` are the main one's. */
  otherHeads: v.optional(otherHeads),
  robustness: v.optional(v.array(robustness)),
  /** The graphs of several precisions, on the same samples. */
  precisions: v.optional(v.array(measuredPrecision)),
  licence,
  intendedUse: text,
  limits: v.array(text),
};

const graph = v.object({
  ...graphFile,
  /** Probabilities: rows sum to 1. */
  output: graphOutput,
  /** Probabilities of the other heads, in the order of `otherHeads`. */
  otherOutputs: v.optional(v.array(graphOutput)),
});

const golden = v.object({
  seed: count,
  /** Expected probabilities, one row per image of the golden input. */
  outputs: v.pipe(v.array(v.array(fraction)), v.minLength(1)),
  /** The same of the other heads, by the name of their output. */
  otherOutputs: v.optional(v.record(v.string(), v.array(v.array(fraction)))),
  tolerance: v.pipe(v.number(), v.gtValue(0)),
});

/** Validates the card of a trained model that has not been exported yet. */
export const trainedModelCardSchema = v.object(trainedEntries);

/** Validates the card that lies beside an ONNX graph. */
export const modelCardSchema = v.pipe(
  v.object({ ...trainedEntries, graph, golden }),
  v.check(
    (card) => card.golden.outputs.every((row) => row.length === card.labels.length),
    'golden.outputs must hold one number per label',
  ),
  v.check(
    ({ graph: { output }, otherHeads: heads = [] }) => heads.every((head) => head.output !== output.name),
    'otherHeads must not be named like graph.output',
  ),
  v.check(
    ({ golden: { otherOutputs = {}, outputs }, otherHeads: heads = [] }) =>
      Object.entries(otherOutputs).every(([name, rows]) => {
        const classes = heads.find(({ output }) => output === name)?.labels.length;
        return rows.length === outputs.length && rows.every((row) => row.length === classes);
      }),
    'golden.otherOutputs must hold one row per image and one number per label of a head',
  ),
);

/** What training knows of a model: `card.json` in a trained model's folder. */
export type TrainedModelCard = v.InferOutput<typeof trainedModelCardSchema>;

/** What a runtime needs to know of a graph: the sidecar `*.card.json` of an ONNX file. */
export type ModelCard = v.InferOutput<typeof modelCardSchema>;

/** A further head in a card. */
export type OtherHead = v.InferOutput<typeof otherHead>;

/** One scored dataset in a card. */
export type Evaluation = v.InferOutput<typeof evaluation>;

/** A head's scores on corrupted pictures. */
export type Robustness = v.InferOutput<typeof robustness>;

/** What a graph computes with. */
export type Precision = v.InferOutput<typeof precision>;

/** The size and the scores of one precision. */
export type MeasuredPrecision = v.InferOutput<typeof measuredPrecision>;
