import type { Attribute, Graph, GraphNode, Value } from '../graph/graph.ts';
import type { Tensor } from '../graph/tensor.ts';
import { rewritePass, type Pass } from './pass.ts';

/** Operators that give something else each time. */
const RANDOM = new Set(['RandomNormal', 'RandomNormalLike', 'RandomUniform', 'RandomUniformLike']);

/** Constants of more elements are told apart by identity: comparing them is slow, and equal ones are rare. */
const MOST_ELEMENTS = 64;

/** Gives equal values equal keys. */
class Keys {
  readonly #numbers = new Map<unknown, number>();

  #numberOf(item: unknown): number {
    const known = this.#numbers.get(item) ?? this.#numbers.size;
    this.#numbers.set(item, known);
    return known;
  }

  #constant(tensor: Tensor): string {
    const content =
      tensor.data.length <= MOST_ELEMENTS
        ? Array.from(tensor.data as Float32Array).join()
        : `#${this.#numberOf(tensor.data)}`;
    return `${tensor.dtype}[${tensor.shape.join()}]${content}`;
  }

  #value(value: Value): string {
    return value.constant === undefined
      ? String(this.#numberOf(value))
      : this.#constant(value.constant.tensor);
  }

  #attribute(attribute: Attribute): string {
    return attribute.type === 'tensor'
      ? this.#constant(attribute.value)
      : `${attribute.type} ${JSON.stringify(attribute.value)}`;
  }

  node({ op, inputs, attributes }: GraphNode): string {
    const settings = Object.entries(attributes)
      .map(([name, attribute]) => `${name}=${this.#attribute(attribute)}`)
      .sort();
    return [op, ...inputs.map((input) => this.#value(input)), ...settings].join(' | ');
  }
}

const isPlain = ({ op, otherOutputs, attributes }: GraphNode): boolean =>
  !RANDOM.has(op) &&
  (otherOutputs ?? []).length === 0 &&
  Object.values(attributes).every(({ type }) => type !== 'graph');

/** Lets what is computed twice be computed once. */
export const mergeDuplicates: Pass = {
  name: 'merge-duplicates',
  apply: (graph: Graph) => {
    const keys = new Keys();
    const known = new Map<string, { readonly value: Value; readonly builder: unknown }>();
    return rewritePass('merge-duplicates', (node, { builder }) => {
      if (!isPlain(node)) return undefined;
      const key = keys.node(node);
      const twin = known.get(key);
      // What a branch or a body computes cannot be read outside of it.
      if (twin !== undefined && twin.builder === builder) return twin.value;
      if (twin === undefined) known.set(key, { value: node.output, builder });
      return undefined;
    }).apply(graph);
  },
};
