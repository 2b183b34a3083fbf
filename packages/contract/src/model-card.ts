import * as v from 'valibot';
import { MienError } from './mien-error.ts';

/** The version of the card's schema that this code reads and writes. */
export const MODEL_CARD_SCHEMA_VERSION = 1;

const text = v.pipe(v.string(), v.nonEmpty());
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const positive = v.pipe(v.number(), v.integer(), v.minValue(1));
const fraction = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/u));

const uniqueLabels = v.pipe(
  v.array(text),
  v.minLength(2),
  v.check((labels) => new Set(labels).size === labels.length, 'labels must be unique'),
);

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
  }),
  seed: count,
  epochs: count,
  /** Every setting that shaped the weights. */
  recipe: v.record(v.string(), v.unknown()),
  backend: text,
  packages: v.record(v.string(), v.string()),
  seconds: v.pipe(v.number(), v.minValue(0)),
  finishedAt: v.pipe(v.string(), v.isoTimestamp()),
});

const classScores = v.object({
  label: text,
  support: count,
  precision: fraction,
  recall: fraction,
  f1: fraction,
});

const evaluation = v.object({
  dataset: text,
  split: v.picklist(['train', 'validation', 'test']),
  /** How samples were chosen and scored, e.g. `majority of votes` or `FER+ strict`. */
  protocol: text,
  /** True where the model was chosen or calibrated on these very samples. */
  usedForSelection: v.boolean(),
  samples: positive,
  accuracy: fraction,
  /** Wilson score interval, 95 %. */
  accuracyInterval95: v.tuple([fraction, fraction]),
  macroF1: fraction,
  ece: fraction,
  perClass: v.array(classScores),
  /** Rows are the true classes, columns the predicted ones, in the order of `labels`. */
  confusion: v.array(v.array(count)),
});

/** A further softmax on the same features, with classes of its own. */
const otherHead = v.object({
  /** The name of the trained model's output layer and of the graph's output. */
  output: text,
  labels: uniqueLabels,
  calibration,
  evaluation: v.array(evaluation),
});

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
  otherHeads: v.optional(v.array(otherHead)),
  licence,
  intendedUse: text,
  limits: v.array(text),
};

const graph = v.object({
  file: text,
  sha256,
  bytes: positive,
  opset: positive,
  irVersion: positive,
  precision: v.picklist(['fp32', 'fp16', 'int8']),
  input: v.object({
    name: text,
    dtype: v.literal('float32'),
    layout: v.literal('NCHW'),
    shape: v.array(v.union([text, positive])),
  }),
  /** Probabilities: rows sum to 1. */
  output: v.object({ name: text, dtype: v.literal('float32'), shape: v.array(v.union([text, positive])) }),
});

const golden = v.object({
  seed: count,
  /** Expected probabilities, one row per image of the golden input. */
  outputs: v.pipe(v.array(v.array(fraction)), v.minLength(1)),
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
);

/** What training knows of a model: `card.json` in a trained model's folder. */
export type TrainedModelCard = v.InferOutput<typeof trainedModelCardSchema>;

/** What a runtime needs to know of a graph: the sidecar `*.card.json` of an ONNX file. */
export type ModelCard = v.InferOutput<typeof modelCardSchema>;

/** A further head in a card. */
export type OtherHead = v.InferOutput<typeof otherHead>;

/** One scored dataset in a card. */
export type Evaluation = v.InferOutput<typeof evaluation>;

/** A card that does not follow the schema. */
export class InvalidModelCardError extends MienError {
  override readonly name = 'InvalidModelCardError';
  constructor(
    readonly source: string,
    readonly problems: readonly string[],
  ) {
    super(
      `${source} is not a valid model card: ${problems.join('; ')}. Export the model again to get a fresh card.`,
    );
  }
}

const parse = <Schema extends v.GenericSchema>(
  schema: Schema,
  json: unknown,
  source: string,
): v.InferOutput<Schema> => {
  const result = v.safeParse(schema, json);
  if (result.success) return result.output;
  const problems = result.issues.map((issue) => {
    const path = v.getDotPath(issue);
    return path === null ? issue.message : `${path}: ${issue.message}`;
  });
  throw new InvalidModelCardError(source, problems);
};

/**
 * Reads the card of a trained model.
 *
 * @param source where the JSON came from, for the error message.
 * @throws {InvalidModelCardError} naming every field that is wrong.
 */
export const parseTrainedModelCard = (json: unknown, source = 'The card'): TrainedModelCard =>
  parse(trainedModelCardSchema, json, source);

/**
 * Reads the card of an exported graph.
 *
 * @param source where the JSON came from, for the error message.
 * @throws {InvalidModelCardError} naming every field that is wrong.
 */
export const parseModelCard = (json: unknown, source = 'The card'): ModelCard =>
  parse(modelCardSchema, json, source);
