import type { Recognizer } from '@mien/infer-node';
import { UnknownModelError } from '../problem/request-errors.ts';

/** A tensor that a graph takes or gives; sizes that a request chooses are null. */
export interface TensorInfo {
  readonly name: string;
  readonly shape: readonly (number | null)[];
}

/** A graph as the Open Inference Protocol shows it. */
export interface ServedGraph {
  readonly name: 'expression' | 'face-detector';
  readonly input: TensorInfo;
  readonly output: TensorInfo;
}

interface GraphOfCard {
  readonly input: CardTensor;
  readonly output: CardTensor;
}

interface CardTensor {
  readonly name: string;
  readonly shape: readonly (number | string)[];
}

const toTensorInfo = ({ name, shape }: CardTensor): TensorInfo => ({
  name,
  shape: shape.map((size) => (typeof size === 'number' ? size : null)),
});

const toServedGraph = (name: ServedGraph['name'], { input, output }: GraphOfCard): ServedGraph => ({
  name,
  input: toTensorInfo(input),
  output: toTensorInfo(output),
});

/**
 * Finds a graph by its name.
 *
 * @throws {UnknownModelError} when there is none.
 */
export const findGraph = ({ card, detectorCard }: Recognizer, name: string): ServedGraph => {
  if (name === 'expression') return toServedGraph(name, card.graph);
  if (name === 'face-detector') return toServedGraph(name, detectorCard.graph);
  throw new UnknownModelError(name, ['expression', 'face-detector']);
};
