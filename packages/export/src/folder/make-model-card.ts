import { MienError, parseModelCard, type ModelCard, type TrainedModelCard } from '@mien/contract';
import type { Graph } from '../graph/graph.ts';
import { BATCH, formatShape, sameShape } from '../graph/shape.ts';
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

/**
 * Checks that a graph takes and gives what its card says: one image input of the card's size, one output with a number
 * for each label.
 *
 * @throws {CardMismatchError} when it does not.
 */
export const assertCardFits = (card: TrainedModelCard, graph: Graph): void => {
  const { channels, heightPx, widthPx } = card.input;
  const wanted = { input: [BATCH, channels, heightPx, widthPx], output: [BATCH, card.labels.length] };
  for (const side of ['input', 'output'] as const) {
    const values = graph[`${side}s`].map(({ value }) => value.shape);
    const [shape = []] = values;
    if (values.length !== 1 || !sameShape(shape, wanted[side])) {
      throw new CardMismatchError(side, formatShape(wanted[side]), values.map(formatShape).join(' and '));
    }
  }
};

/** What is known of an export once its bytes are. */
export interface ExportFacts {
  /** The ONNX file's name, beside the card. */
  readonly file: string;
  /** The ONNX file's SHA-256, in hexadecimal. */
  readonly sha256: string;
  readonly bytes: number;
  readonly golden: ModelCard['golden'];
}

/** Extends a trained model's card by what its runtimes need to know of the graph. */
export const makeModelCard = (card: TrainedModelCard, facts: ExportFacts): ModelCard => {
  const { channels, heightPx, widthPx } = card.input;
  const { file, sha256, bytes, golden } = facts;
  return parseModelCard({
    ...card,
    graph: {
      file,
      sha256,
      bytes,
      opset: OPSET,
      irVersion: IR_VERSION,
      precision: 'fp32',
      input: {
        name: GRAPH_INPUT,
        dtype: 'float32',
        layout: 'NCHW',
        shape: [BATCH, channels, heightPx, widthPx],
      },
      output: { name: GRAPH_OUTPUT, dtype: 'float32', shape: [BATCH, card.labels.length] },
    },
    golden,
  });
};
