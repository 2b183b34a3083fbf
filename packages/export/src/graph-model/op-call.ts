import { contentsOf, knownIntegers } from '../graph/contents.ts';
import type { GraphBuilder } from '../graph/graph-builder.ts';
import type { Value } from '../graph/graph.ts';
import { NodeWriter } from '../graph/node-writer.ts';
import type { Dim } from '../graph/shape.ts';
import { numbersOf } from '../graph/tensor.ts';
import { ComplexPair, isValue, TensorList, UnsupportedNodeError, type Edge } from './edge.ts';
import type { NodeDef, Region } from './graph-def.ts';
import type { NodeAttributes } from './node-attributes.ts';

/** A branch or the body of a loop, ready to be written into a graph, as often as it takes. */
export interface RegionConverter {
  readonly region: Region;
  /** Writes the region's nodes for the given arguments and gives its results. */
  readonly convert: (inputs: readonly Edge[], builder: GraphBuilder) => Promise<readonly Edge[]>;
  /** As `convert`, to see what comes out: results are missing where that cannot be said. */
  readonly attempt: (
    inputs: readonly Edge[],
    builder: GraphBuilder,
  ) => Promise<readonly (Edge | undefined)[]>;
}

interface OpCallParams {
  readonly builder: GraphBuilder;
  readonly node: NodeDef;
  readonly inputs: readonly Edge[];
  readonly regionOf: (setting: string) => RegionConverter;
}

/** One operation at work on its inputs: what a converter reads, and how it writes nodes. */
export class OpCall extends NodeWriter {
  readonly op: string;
  readonly attributes: NodeAttributes;
  readonly inputs: readonly Edge[];
  /** The branch or body that a setting names. */
  readonly regionOf: (setting: string) => RegionConverter;

  constructor({ builder, node, inputs, regionOf }: OpCallParams) {
    super(builder, node.name);
    this.op = node.op;
    this.attributes = node.attributes;
    this.inputs = inputs;
    this.regionOf = regionOf;
  }

  /** Makes the error for a setting that has no ONNX form. */
  unsupported(detail: string): UnsupportedNodeError {
    return new UnsupportedNodeError(this.op, this.name, detail);
  }

  /** The input at a place, which must be a tensor; negative places count from the end. */
  tensor(index: number): Value {
    const edge = this.inputs.at(index);
    if (!isValue(edge))
      throw this.unsupported(`whose input ${index} is ${edge === undefined ? 'missing' : 'not a tensor'}`);
    return edge;
  }

  /** All inputs from a place on, which must be tensors. */
  tensors(start = 0, end = this.inputs.length): readonly Value[] {
    return this.inputs.slice(start, end).map((_, index) => this.tensor(start + index));
  }

  /** The TensorList at a place. */
  list(index: number): TensorList {
    const edge = this.inputs.at(index);
    if (!(edge instanceof TensorList)) throw this.unsupported(`whose input ${index} is not a TensorList`);
    return edge;
  }

  /** The complex tensor at a place; a real one gets no imaginary part. */
  complex(index: number): ComplexPair {
    const edge = this.inputs.at(index);
    if (edge instanceof ComplexPair) return edge;
    const real = this.tensor(index);
    return new ComplexPair(real, this.add('Mul', [real, this.scalar('zero', 0)]));
  }

  /** The elements of a whole-number input, as far as they are known; symbols for those that depend on the batch. */
  contents(index: number): readonly Dim[] | undefined {
    return contentsOf(this.tensor(index));
  }

  /** The elements of an input that must be known before the graph runs. */
  knownIntegers(index: number, what: string): readonly number[] {
    const values = knownIntegers(this.tensor(index));
    if (values === undefined) throw this.unsupported(`whose ${what} is known only when the graph runs`);
    return values;
  }

  /** A number that must be known before the graph runs. */
  knownNumber(index: number, what: string): number {
    const value = this.constantNumber(index);
    if (value === undefined) throw this.unsupported(`whose ${what} is known only when the graph runs`);
    return value;
  }

  /** A number that is known before the graph runs; `undefined` otherwise. */
  constantNumber(index: number): number | undefined {
    const value = this.tensor(index);
    const { tensor } = value.constant ?? {};
    return (tensor === undefined ? undefined : numbersOf(tensor)?.[0]) ?? knownIntegers(value)?.[0];
  }

  /** Counts an axis from the front. */
  axis(axis: number, rank: number): number {
    const counted = axis < 0 ? axis + rank : axis;
    if (counted < 0 || counted >= Math.max(1, rank))
      throw this.unsupported(`over axis ${axis} of rank ${rank}`);
    return counted;
  }

  /** int64 sizes made of an integer tensor of rank 1. */
  sizes(index: number): Value {
    return this.cast(this.tensor(index), 'int64');
  }
}

/** Writes an operation as ONNX nodes and gives its result, or its results where it has several. */
export type OpConverter = (call: OpCall) => Edge | readonly Edge[] | Promise<readonly Edge[]>;

/** Converters by TensorFlow operator. */
export type OpConverters = Readonly<Record<string, OpConverter>>;
