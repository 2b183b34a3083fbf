import {
  MienError,
  parseModelCard,
  type ModelCard,
  type Precision,
  type TrainedModelCard,
} from '@mien/contract';
import type { Graph } from '../graph/graph.ts';
import { BATCH, formatShape, sameShape, type Shape } from '../graph/shape.ts';
import { IR_VERSION, OPSET } from '../write/write-onnx.ts';

/** The names by which runtimes know the graph's input and output. */
export const GRAPH_INPUT = 'pixels';

/** See {@link GRAPH_INPUT}. */
export const GRAPH_OUTPUT = 'probabilities';

/** A card that describes another model than the one beside it. */
export class CardMismatchError extends MienError {
  override readonly name = 'CardMismatchError';
  constructor(
    readonly field: string,
    readonly inCard: string,
    readonly inModel: string,
  ) {
    super(
      `The card does not fit the model: ${field} is ${inCard} in card.json and ${inModel} in model.json. ` +
        'Train again, or put the card that belongs to this model beside it.',
    );
  }
}

/** The shape of every output that a card promises, by name. */
const promisedOutputs = ({ labels, otherHeads = [] }: TrainedModelCard): Map<string, Shape> =>
  new Map([
    [GRAPH_OUTPUT, [BATCH, labels.length]],
    ...otherHeads.map(({ output, labels: own }): [string, Shape] => [output, [BATCH, own.length]]),
  ]);

const formatOutputs = (outputs: Iterable<readonly [string, Shape]>): string =>
  Array.from(outputs, ([name, shape]) => `${name} ${formatShape(shape)}`).join(' and ');

/**
 * Checks that a graph takes and gives what its card says: one image input of the card's size, and for each head an
 * output with a number for each label.
 *
 * @throws {CardMismatchError} when it does not.
 */
export const assertCardFits = (card: TrainedModelCard, graph: Graph): void => {
  const { channels, heightPx, widthPx } = card.input;
  const wanted = [BATCH, channels, heightPx, widthPx];
  const inputs = graph.inputs.map(({ value }) => value.shape);
  if (inputs.length !== 1 || !sameShape(inputs[0] ?? [], wanted)) {
    throw new CardMismatchError('input', formatShape(wanted), inputs.map(formatShape).join(' and '));
  }
  const promised = promisedOutputs(card);
  const given = graph.outputs.map(({ name, value }) => [name, value.shape] as const);
  const fits = given.every(([name, shape]) => sameShape(shape, promised.get(name) ?? []));
  if (given.length !== promised.size || !fits) {
    throw new CardMismatchError('output', formatOutputs(promised), formatOutputs(given));
  }
};

/** What is known of an export once its bytes are. */
export interface ExportFacts {
  /** The ONNX file's name, beside the card. */
  readonly file: string;
  /** The ONNX file's SHA-256, in hexadecimal. */
  readonly sha256: string;
  readonly bytes: number;
  readonly precision: Precision;
  readonly golden: ModelCard['golden'];
}

/** Extends a trained model's card by what its runtimes need to know of the graph. */
export const makeModelCard = (card: TrainedModelCard, facts: ExportFacts): ModelCard => {
  const { channels, heightPx, widthPx } = card.input;
  const { file, sha256, bytes, precision, golden } = facts;
  const [output, ...otherOutputs] = Array.from(promisedOutputs(card), ([name, shape]) => ({
    name,
    dtype: 'float32',
    shape,
  }));
  return parseModelCard({
    ...card,
    graph: {
      file,
      sha256,
      bytes,
      opset: OPSET,
      irVersion: IR_VERSION,
      precision,
      input: {
        name: GRAPH_INPUT,
        dtype: 'float32',
        layout: 'NCHW',
        shape: [BATCH, channels, heightPx, widthPx],
      },
      output,
      ...(otherOutputs.length === 0 ? {} : { otherOutputs }),
    },
    golden,
  });
};
