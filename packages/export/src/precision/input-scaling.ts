import { constantFloats } from '../graph/graph-builder.ts';
import { countUses, type Graph, type GraphNode, type Value } from '../graph/graph.ts';
import type { Quantization } from './quantization.ts';

/**
 * The scaling of pixels at the start of a graph, taken into the way in which their bytes are read. For bytes that stand
 * for the numbers 0 to 255: scale · pixel + shift = scale · (byte − zero point) + rest.
 */
export interface InputScaling {
  /** The nodes that it takes the place of. */
  readonly nodes: ReadonlySet<GraphNode>;
  /** The scaled pixels. */
  readonly scaled: Value;
  /** How bytes are read: real = scale · (byte − zero point). */
  readonly quantization: Quantization;
  /** What is missing in every scaled pixel then, at most half a gray level: belongs into the bias of the next layer. */
  readonly rest: number;
}

interface Affine {
  readonly scale: number;
  readonly shift: number;
}

const lone = (value: Value | undefined): number | undefined => {
  const tensor = constantFloats(value);
  return tensor?.data.length === 1 ? tensor.data[0] : undefined;
};

/** What arithmetic with one number makes of an affine function. */
const extend = ({ scale, shift }: Affine, node: GraphNode): Affine | undefined => {
  const [one, other] = node.inputs;
  const factor = lone(one) ?? lone(other);
  if (factor === undefined) return undefined;
  if (node.op === 'Mul') return { scale: scale * factor, shift: shift * factor };
  if (node.op === 'Add') return { scale, shift: shift + factor };
  // The other way round they are no scaling.
  if (other?.constant === undefined) return undefined;
  if (node.op === 'Div') return { scale: scale / factor, shift: shift / factor };
  return node.op === 'Sub' ? { scale, shift: shift - factor } : undefined;
};

/**
 * Finds the arithmetic with single numbers by which a graph scales its pixels, where bytes can be read with that scale.
 *
 * @param input the graph's input.
 * @param bytes how its numbers stand as bytes.
 */
export const inputScaling = (graph: Graph, input: Value, bytes: Quantization): InputScaling | undefined => {
  const uses = countUses(graph);
  const nodes = new Set<GraphNode>();
  let affine: Affine = { scale: 1, shift: 0 };
  let scaled = input;
  for (const node of graph.nodes) {
    const next = node.inputs.includes(scaled) && uses.get(scaled) === 1 ? extend(affine, node) : undefined;
    if (next === undefined) continue;
    nodes.add(node);
    [affine, scaled] = [next, node.output];
  }
  const scale = Math.fround(affine.scale * bytes.scale);
  const exact = bytes.zeroPoint - affine.shift / (affine.scale * bytes.scale);
  const zeroPoint = Math.round(exact);
  if (nodes.size === 0 || !(scale > 0) || zeroPoint < 0 || zeroPoint > 255) return undefined;
  return {
    nodes,
    scaled,
    quantization: { scale, zeroPoint },
    rest: affine.scale * bytes.scale * (zeroPoint - exact),
  };
};
