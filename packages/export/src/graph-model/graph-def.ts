import type { WeightGroup } from '../read/model-files.ts';
import { NodeAttributes } from './node-attributes.ts';
import { isControlInput, parseReference, type Reference } from './reference.ts';

/** One operation of a GraphModel. */
export interface NodeDef {
  readonly name: string;
  /** TensorFlow's operator, e.g. `_FusedConv2D`. */
  readonly op: string;
  /** The results that it reads, without those that only set the order. */
  readonly inputs: readonly Reference[];
  readonly attributes: NodeAttributes;
  /** The nodes that it waits for without reading anything of them. */
  readonly controls: readonly string[];
  /** The node as the file has it. */
  readonly raw: Readonly<Record<string, unknown>>;
  /** The parts of the graph that a loop or a branch runs, where they were found among its nodes. */
  readonly regions?: Readonly<Record<string, Region>>;
}

/** Part of a graph that runs when a loop or a branch says so. It may read the nodes around it. */
export interface Region {
  readonly nodes: Nodes;
  /** The results that its arguments stand in for. */
  readonly parameters: readonly Reference[];
  readonly outputs: readonly Reference[];
}

/** Nodes by name. */
export type Nodes = ReadonlyMap<string, NodeDef>;

/** A result or an input that callers know by name. */
export interface Port {
  readonly name: string;
  readonly reference: Reference;
}

/** A function of a model's library: a graph of its own, which reads nothing but its arguments. */
export interface FunctionDef extends Region {
  readonly name: string;
}

/** A GraphModel as its file says it. */
export interface GraphModelJson {
  readonly nodes: Nodes;
  readonly functions: ReadonlyMap<string, FunctionDef>;
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
  /** Shapes that the signature gives for inputs, by node; more is known there at times than at the node. */
  readonly signatureShapes: ReadonlyMap<string, readonly number[]>;
  readonly weightGroups: readonly WeightGroup[];
  /** The nodes that fill hash tables before the first run, where there are any. */
  readonly initializer: Nodes | undefined;
}

/** A node as the file holds it, as far as it has been checked. */
export interface RawNode {
  readonly name: string;
  readonly op: string;
  readonly input?: readonly string[];
  readonly attr?: Readonly<Record<string, unknown>>;
}

/** Reads a list of nodes. */
export const readNodes = (rawNodes: readonly RawNode[]): Nodes => {
  const ops = new Map(rawNodes.map(({ name, op }) => [name, op]));
  const read = (raw: RawNode): NodeDef => ({
    name: raw.name,
    op: raw.op,
    inputs: (raw.input ?? [])
      .filter((input) => !isControlInput(input))
      .map((input) => parseReference(input, (node) => ops.get(node))),
    controls: (raw.input ?? []).filter(isControlInput).map((input) => input.slice(1).split(':')[0] as string),
    attributes: new NodeAttributes(raw.attr ?? {}),
    raw: raw as unknown as Record<string, unknown>,
  });
  return new Map(rawNodes.map((raw) => [raw.name, read(raw)]));
};
