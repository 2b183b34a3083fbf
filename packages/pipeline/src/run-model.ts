import { MienError, type ModelCard } from '@mien/contract';
import type { RunGraph, Tensors } from './run-graph.ts';

/** A graph gave something else than the probabilities that its card describes. */
export class InvalidGraphOutputError extends MienError {
  override readonly name = 'InvalidGraphOutputError';
  constructor(
    readonly output: string,
    readonly problem: string,
  ) {
    super(
      `The graph's output "${output}" ${problem}. Use the model.onnx and the card of one and the same export.`,
    );
  }
}

/** The parts of a model card that running the model takes. */
export type RunnableCard = Pick<ModelCard, 'labels' | 'input' | 'graph'>;

const probabilitiesIn = (outputs: Tensors, card: RunnableCard, images: number): Float32Array => {
  const { name } = card.graph.output;
  const output = outputs[name];
  if (output === undefined) {
    const given = Object.keys(outputs).join(', ') || 'none';
    throw new InvalidGraphOutputError(name, `is missing (outputs given: ${given})`);
  }
  const { data, dims } = output;
  const expected = [images, card.labels.length];
  if (dims.length !== 2 || dims.some((length, axis) => length !== expected[axis])) {
    throw new InvalidGraphOutputError(name, `has shape [${dims.join(', ')}], not [${expected.join(', ')}]`);
  }
  if (data.length !== images * card.labels.length)
    throw new InvalidGraphOutputError(name, `holds ${data.length} numbers, not ${expected.join(' × ')}`);
  const wrong = data.find((value) => !(value >= 0 && value <= 1.001));
  if (wrong !== undefined)
    throw new InvalidGraphOutputError(name, `holds ${wrong}, which is not a probability`);
  return data;
};

/**
 * Runs a model on inputs that already have its size.
 *
 * @param pixelsNchw values in [0, 255], `[images, channels, heightPx, widthPx]`; read only.
 * @returns probabilities, `[images, labels]`.
 * @throws {InvalidGraphOutputError} when the graph gives anything but that.
 */
export const runModel = async ({
  pixelsNchw,
  images,
  card,
  runGraph,
}: {
  readonly pixelsNchw: Float32Array;
  readonly images: number;
  readonly card: RunnableCard;
  readonly runGraph: RunGraph;
}): Promise<Float32Array> => {
  const { channels, heightPx, widthPx } = card.input;
  const outputs = await runGraph({
    [card.graph.input.name]: { data: pixelsNchw, dims: [images, channels, heightPx, widthPx] },
  });
  return probabilitiesIn(outputs, card, images);
};
