import { isMienError } from '@mien/contract';
import type { GraphBuilder } from '../graph/graph-builder.ts';
import { ShapeError } from '../graph/infer/operation.ts';
import type { Tensor } from '../graph/tensor.ts';
import { isValue, UnsupportedNodeError, type Edge } from './edge.ts';
import { foldWithTfjs } from './fold-with-tfjs.ts';
import type { FunctionDef, NodeDef, Nodes, Region } from './graph-def.ts';
import { OpCall, type OpConverter, type OpConverters, type RegionConverter } from './op-call.ts';
import { orderFor } from './order-for.ts';
import type { Reference } from './reference.ts';

/** What all graphs of a model share while it is converted. */
export interface ModelContext {
  readonly constants: ReadonlyMap<string, Tensor>;
  readonly functions: ReadonlyMap<string, FunctionDef>;
  readonly converters: OpConverters;
  /** Gets what stands in the way, node by node, so that all of it can be named at once. */
  readonly problems: UnsupportedNodeError[];
}

/** Operators whose results are several, which are not worth computing beforehand. */
const SEVERAL = new Set(
  'IdentityN If ShapeN SparseFillEmptyRows SparseReshape Split SplitV StatelessIf StatelessWhile Switch TopKV2 Unpack While'.split(
    ' ',
  ),
);

/** A graph of the model at work: its own, a function's, or a branch's. */
export class Scope {
  readonly #edges = new Map<string, readonly Edge[]>();

  constructor(
    readonly context: ModelContext,
    readonly nodes: Nodes,
    readonly builder: GraphBuilder,
    readonly parent?: Scope,
  ) {}

  /** Says what a node's results are, e.g. for an input. */
  set(node: string, edges: readonly Edge[]): void {
    this.#edges.set(node, edges);
  }

  /** The results of a node that has been converted, here or around here. */
  edgesOf(node: string): readonly Edge[] | undefined {
    return this.#edges.get(node) ?? this.parent?.edgesOf(node);
  }

  /** All that has been converted here, by node. */
  get edges(): ReadonlyMap<string, readonly Edge[]> {
    return this.#edges;
  }

  /**
   * Converts what the given results need.
   *
   * @returns the results; entries are missing where a node could not be converted, which is in the problems then.
   */
  async convert(wanted: readonly Reference[]): Promise<readonly (Edge | undefined)[]> {
    const isDone = (name: string): boolean => this.edgesOf(name) !== undefined;
    for (const node of orderFor(
      this.nodes,
      wanted.map(({ node }) => node),
      isDone,
    ))
      await this.#convertNode(node);
    return wanted.map(({ node, output }) => this.edgesOf(node)?.[output]);
  }

  async #convertNode(node: NodeDef): Promise<void> {
    const inputs = node.inputs.map(({ node: name, output }) => this.edgesOf(name)?.[output]);
    if (!this.#isKnown(node)) {
      this.#fail(node, 'as there is no ONNX form for it here');
      return;
    }
    if (!inputs.every((input) => input !== undefined)) {
      this.#noteMissing(node);
      return;
    }
    try {
      this.#edges.set(node.name, await this.#results(node, inputs));
    } catch (error) {
      this.context.problems.push(this.#asProblem(node, error));
    }
  }

  /** What has no converter is said of every node, whatever became of its inputs. */
  #isKnown({ op }: NodeDef): boolean {
    return op === 'Const' || Object.hasOwn(this.context.converters, op);
  }

  #fail(node: NodeDef, reason: string): void {
    this.context.problems.push(new UnsupportedNodeError(node.op, node.name, reason));
  }

  /** A node that reads what could not be converted is not a problem of its own. */
  #noteMissing(node: NodeDef): void {
    const lost = node.inputs.find(
      ({ node: name }) => !this.nodes.has(name) && this.edgesOf(name) === undefined,
    );
    const short = node.inputs.find(
      ({ node: name, output }) =>
        this.edgesOf(name) !== undefined && this.edgesOf(name)?.[output] === undefined,
    );
    if (lost !== undefined) {
      this.#fail(node, `that reads "${lost.node}", which is not in the file`);
    } else if (short !== undefined) {
      const reason = `that reads result ${short.output} of "${short.node}", which tfjs does not compute either`;
      this.#fail(node, reason);
    }
  }

  #asProblem(node: NodeDef, error: unknown): UnsupportedNodeError {
    if (error instanceof UnsupportedNodeError) return error;
    if (error instanceof ShapeError || error instanceof RangeError || isMienError(error)) {
      return new UnsupportedNodeError(
        node.op,
        node.name,
        `because of its inputs: ${error.message.replace(/\.$/u, '')}`,
      );
    }
    throw error;
  }

  async #results(node: NodeDef, inputs: readonly Edge[]): Promise<readonly Edge[]> {
    if (node.op === 'Const') return [this.#constant(node)];
    const converter = this.context.converters[node.op] as OpConverter;
    if (!SEVERAL.has(node.op) && inputs.every(isValue)) {
      const folded = await foldWithTfjs(node, inputs);
      if (folded !== undefined) return [this.builder.constant(node.name, folded)];
    }
    const call = new OpCall({
      builder: this.builder,
      node,
      inputs,
      regionOf: (setting) => this.#regionOf(node, setting),
    });
    const results = await converter(call);
    return Array.isArray(results) ? (results as readonly Edge[]) : [results as Edge];
  }

  #constant(node: NodeDef): Edge {
    const tensor = this.context.constants.get(node.name);
    if (tensor === undefined)
      throw new UnsupportedNodeError(node.op, node.name, 'as the weights manifest has no such constant');
    return this.builder.constant(node.name, tensor);
  }

  /** A region stands at the node itself, or is a function of the library; only the former reads what is around it. */
  #regionOf(node: NodeDef, setting: string): RegionConverter {
    const own = node.regions?.[setting];
    const name = node.attributes.functionName(setting);
    const region = own ?? this.context.functions.get(name);
    if (region === undefined) {
      throw new UnsupportedNodeError(node.op, node.name, `that calls "${name}", which is not in the library`);
    }
    const parent = own === undefined ? undefined : this;
    const attempt: RegionConverter['attempt'] = (inputs, builder) =>
      runRegion(new Scope({ ...this.context, problems: [] }, region.nodes, builder, parent), region, inputs);
    const convert: RegionConverter['convert'] = async (inputs, builder) => {
      const outputs = await runRegion(new Scope(this.context, region.nodes, builder, parent), region, inputs);
      if (!outputs.every((output) => output !== undefined)) {
        throw new UnsupportedNodeError(node.op, node.name, `as its "${setting}" has no ONNX form here`);
      }
      return outputs;
    };
    return { region, convert, attempt };
  }
}

const runRegion = (
  scope: Scope,
  region: Region,
  inputs: readonly Edge[],
): Promise<readonly (Edge | undefined)[]> => {
  const arguments_ = new Map<string, Edge[]>();
  for (const [index, { node, output }] of region.parameters.entries()) {
    const edges = arguments_.get(node) ?? [];
    edges[output] = inputs[index] as Edge;
    arguments_.set(node, edges);
  }
  for (const [node, edges] of arguments_) scope.set(node, edges);
  return scope.convert(region.outputs);
};
