import { MienError } from '@mien/contract';
import type { GraphBuilder } from '../graph/graph-builder.ts';
import type { Value } from '../graph/graph.ts';
import { declareImageInput, type ImageLayout } from '../graph/image-layout.ts';
import { BATCH, type Shape } from '../graph/shape.ts';
import type { GraphModelJson, NodeDef, Port } from './graph-def.ts';

/** An input of which not even the number of dimensions is known. */
export class DynamicRankError extends MienError {
  override readonly name = 'DynamicRankError';
  constructor(readonly input: string) {
    super(
      `The number of dimensions of input "${input}" is not known, and ONNX needs it. ` +
        `Say what it is, for instance with --shape "${input}=?,224,224,3" (inputShapes in code).`,
    );
  }
}

/** Names for the open sizes of an image and of anything else. */
const symbolFor = (axis: number, rank: number): string => {
  if (axis === 0) return BATCH;
  if (rank === 4 && (axis === 1 || axis === 2)) return axis === 1 ? 'H' : 'W';
  return `D${axis}`;
};

/** Sizes of several inputs are not said to be equal, so they get names of their own. */
class Symbols {
  readonly #taken = new Set<string>();

  take(wanted: string): string {
    let symbol = wanted;
    for (let count = 2; this.#taken.has(symbol); count++) symbol = `${wanted}_${count}`;
    this.#taken.add(symbol);
    return symbol;
  }
}

/** The sizes of an input by its name, -1 for open ones. */
export type InputShapes = Readonly<Record<string, readonly number[]>>;

const shapeOf = (
  node: NodeDef,
  fromSignature: readonly number[] | undefined,
  told: readonly number[] | undefined,
  symbols: Symbols,
): Shape | undefined => {
  const own = node.attributes.shape('shape');
  // A placeholder without dimensions is a number only where the signature does not know better.
  const shape = told ?? (own === undefined || own.length === 0 ? (fromSignature ?? own) : own);
  return shape?.map((dim, axis) => (dim >= 0 ? dim : symbols.take(symbolFor(axis, shape.length))));
};

/** An input as the model's nodes see it, and as the graph declares it. */
export interface DeclaredInput {
  readonly node: string;
  readonly value: Value;
}

/**
 * Declares a GraphModel's inputs, and gives them as the model takes them.
 *
 * @param nameOf the name in the graph of each input.
 * @param inputShapes what is known better than in the file.
 * @throws {DynamicRankError} where an input's number of dimensions is not known.
 */
export const declareInputs = (
  model: GraphModelJson,
  builder: GraphBuilder,
  nameOf: (port: Port, index: number) => string,
  layout: ImageLayout,
  inputShapes: InputShapes = {},
): readonly DeclaredInput[] => {
  const symbols = new Symbols();
  return model.inputs.map((port, index) => {
    const { node: name } = port.reference;
    const node = model.nodes.get(name) as NodeDef;
    const told = inputShapes[port.name] ?? inputShapes[name];
    const shape = shapeOf(node, model.signatureShapes.get(name), told, symbols);
    if (shape === undefined) throw new DynamicRankError(port.name);
    const dtype = node.attributes.type('dtype') ?? 'float32';
    return { node: name, value: declareImageInput(builder, nameOf(port, index), shape, layout, dtype) };
  });
};
