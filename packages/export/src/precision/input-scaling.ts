import { constantFloats } from '../graph/graph-builder.ts';
import { countUses, type Graph, type GraphNode, type Value } from '../graph/graph.ts';
import type { Quantization } from './quantization.ts';

/**
 * The scaling of pixels at the start of a graph, taken into the way in which their bytes are read:
 * scale · pixel + shift = scale · (pixel − zero point) + rest.
 */
export interface InputScaling {
  /** The nodes that it takes the place of. */
  readonly nodes: ReadonlySet<GraphNode>;
  /** The scaled pixels. */
  readonly scaled: Value;
  /** How bytes are read: real = scale · (pixel − zero point). */
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

/** What a Mul or an Add of one number makes of an affine function. */
const extend = ({ scale, shift }: Affine, node: GraphNode): Affine | undefined => {
  const [one, other] = node.inputs;
  const factor = lone(one) ?? lone(other);
  if (factor === undefined) return undefined;
  if (node.op === 'Mul') return { scale: scale * factor, shift: shift * factor };
  return node.op === 'Add' ? { scale, shift: shift + factor } : undefined;
};

/**
 * Finds the Mul and Add of single numbers by which a graph scales its pixels, where bytes can be read with that scale.
 *
 * @param input the graph's input, of bytes as floats.
 */
export const inputScaling = (graph: Graph, input: Value): InputScaling | undefined => {
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
  const scale = Math.fround(affine.scale);
  const exact = -affine.shift / affine.scale;
  const zeroPoint = Math.round(exact);
  if (nodes.size === 0 || !(scale > 0) || zeroPoint < 0 || zeroPoint > 255) return undefined;
  return { nodes, scaled, quantization: { scale, zeroPoint }, rest: affine.scale * (zeroPoint - exact) };
};
