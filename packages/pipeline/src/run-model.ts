import type { ModelCard } from '@mien/contract';
import { InvalidGraphOutputError, readOutput } from './read-output.ts';
import type { RunGraph, Tensors } from './run-graph.ts';

/** The parts of a model card that running the model takes. */
export type RunnableCard = Pick<ModelCard, 'labels' | 'input' | 'graph'>;

const probabilitiesIn = (outputs: Tensors, card: RunnableCard, images: number): Float32Array => {
  const { name } = card.graph.output;
  const data = readOutput(outputs, name, [images, card.labels.length]);
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
