import { createRandom, largestDifference, type Random } from '@mien/contract';
import * as tf from '@tensorflow/tfjs';
import { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node';
import { convertGraphModel } from './convert-graph-model.ts';
import { allNodes, type Graph } from './graph/graph.ts';
import { elementCount } from './graph/shape.ts';
import { optimizeGraph } from './passes/optimize-graph.ts';
import type { ModelFiles } from './read/model-files.ts';
import { writeOnnx } from './write/write-onnx.ts';

tf.enableProdMode();

type Type = 'float32' | 'int32' | 'bool';

/** What a node reads: values that are drawn for the test, or constants in the model's file. */
export interface Operand {
  readonly shape: readonly number[];
  readonly type: Type;
  readonly isConstant: boolean;
  /** Drawn at random where not given. */
  readonly values?: readonly number[];
  readonly low: number;
  readonly high: number;
}

/** Values that the test feeds, between -2 and 2 (floats), 0 and 5 (integers). */
export const fed = (
  shape: readonly number[],
  type: Type = 'float32',
  range: { low?: number; high?: number } = {},
): Operand => ({
  shape,
  type,
  isConstant: false,
  low: type === 'float32' ? -2 : 0,
  high: type === 'float32' ? 2 : 5,
  ...range,
});

/** Given values that the test feeds. */
export const fedValues = (
  values: readonly number[],
  type: Type,
  shape: readonly number[] = [values.length],
): Operand => ({
  ...fed(shape, type),
  values,
});

/** Random constants. */
export const weights = (shape: readonly number[]): Operand => ({ ...fed(shape), isConstant: true });

/** A constant of given values; a number is of rank 0. */
export const constant = (
  values: number | readonly number[],
  type: Type = 'int32',
  shape?: readonly number[],
): Operand => ({
  ...fed(shape ?? (typeof values === 'number' ? [] : [values.length]), type),
  isConstant: true,
  values: typeof values === 'number' ? [values] : values,
});

/** Writes a setting as it stands in a model.json. */
export const attribute = {
  int: (value: number) => ({ i: String(value) }),
  float: (value: number) => ({ f: value }),
  bool: (value: boolean) => ({ b: value }),
  text: (value: string) => ({ s: Buffer.from(value).toString('base64') }),
  ints: (values: readonly number[]) => ({ list: { i: values.map(String) } }),
  texts: (values: readonly string[]) => ({
    list: { s: values.map((value) => Buffer.from(value).toString('base64')) },
  }),
  type: (type: string) => ({ type }),
  func: (name: string) => ({ func: { name } }),
};

const TF_TYPES = { float32: 'DT_FLOAT', int32: 'DT_INT32', bool: 'DT_BOOL' };

const draw = (
  { shape, type, values, low, high }: Operand,
  random: Random,
): Float32Array | Int32Array | Uint8Array => {
  const count = elementCount(shape);
  const next = (): number =>
    type === 'float32' ? random.uniform(low, high) : low + random.integer(high - low);
  const drawn = values ?? Array.from({ length: count }, type === 'bool' ? () => random.integer(2) : next);
  if (type === 'float32') return Float32Array.from(drawn);
  return type === 'int32' ? Int32Array.from(drawn) : Uint8Array.from(drawn);
};

/** A node of a tiny model. */
export interface TinyNode {
  readonly name: string;
  readonly op: string;
  readonly input: readonly string[];
  readonly attr?: Readonly<Record<string, unknown>>;
}

/** A tiny model: what its nodes read, and the nodes. */
export interface TinyModel {
  readonly operands: Readonly<Record<string, Operand>>;
  readonly nodes: readonly TinyNode[];
  /** The results to compare, e.g. `node:1`. */
  readonly outputs: readonly string[];
  /** True where the first size of every input is left open. */
  readonly isBatchOpen?: boolean;
  /** True where all sizes of every input are left open. */
  readonly isOpen?: boolean;
  readonly library?: unknown;
}

const shapeAttribute = ({ shape }: Operand, { isBatchOpen = false, isOpen = false }: TinyModel) => ({
  shape: {
    dim: shape.map((size, axis) => ({ size: String(isOpen || (isBatchOpen && axis === 0) ? -1 : size) })),
  },
});

/** Writes the files of a tiny GraphModel, and draws what is fed to it. */
export const tinyFiles = (model: TinyModel, seed = 1) => {
  const random = createRandom(seed);
  const names = Object.entries(model.operands);
  const data = new Map(names.map(([name, operand]) => [name, draw(operand, random)]));
  const constants = names.filter(([, operand]) => operand.isConstant);
  const inputs = names.filter(([, operand]) => !operand.isConstant);
  const bytes = constants.map(([name]) => {
    const elements = data.get(name) as Float32Array;
    return new Uint8Array(elements.buffer, elements.byteOffset, elements.byteLength);
  });
  const node = [
    ...inputs.map(([name, operand]) => ({
      name,
      op: 'Placeholder',
      attr: { dtype: { type: TF_TYPES[operand.type] }, shape: shapeAttribute(operand, model) },
    })),
    ...constants.map(([name, operand]) => ({
      name,
      op: 'Const',
      attr: { dtype: { type: TF_TYPES[operand.type] } },
    })),
    ...model.nodes,
  ];
  const signature = {
    inputs: Object.fromEntries(inputs.map(([name]) => [name, { name }])),
    outputs: Object.fromEntries(model.outputs.map((name) => [name, { name }])),
  };
  const files: ModelFiles = {
    modelJson: {
      format: 'graph-model',
      modelTopology: {
        node,
        versions: { producer: 1 },
        ...(model.library === undefined ? {} : { library: model.library }),
      },
      signature,
      weightsManifest: [
        {
          paths: ['weights.bin'],
          weights: constants.map(([name, { shape, type }]) => ({ name, shape, dtype: type })),
        },
      ],
    },
    weights: { 'weights.bin': new Uint8Array(Buffer.concat(bytes)) },
  };
  return {
    files,
    inputs: inputs.map(([name, operand]) => ({ name, operand, data: data.get(name) as Float32Array })),
  };
};

/** A result of either side. */
export interface Result {
  readonly type: string;
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

type Drawn = ReturnType<typeof tinyFiles>;

/** Runs a tiny model on tfjs. */
const runTfjs = async ({ files, inputs }: Drawn, outputs: readonly string[]): Promise<Result[]> => {
  const { modelTopology, weightsManifest, signature } = files.modelJson as {
    modelTopology: tf.io.ModelJSON['modelTopology'];
    weightsManifest: [{ weights: tf.io.WeightsManifestEntry[] }];
    signature: object;
  };
  const weightData = new Uint8Array(files.weights['weights.bin'] as Uint8Array).buffer;
  const model = await tf.loadGraphModel(
    tf.io.fromMemory({ modelTopology, weightSpecs: weightsManifest[0].weights, weightData, signature }),
  );
  const feeds = inputs.map(({ name, operand, data }) => [
    name,
    tf.tensor(data, [...operand.shape], operand.type),
  ]);
  const warn = console.warn;
  console.warn = () => undefined;
  const results = await model.executeAsync(Object.fromEntries(feeds) as tf.NamedTensorMap, [...outputs]);
  console.warn = warn;
  return Promise.all(
    [results].flat().map(async (result) => ({
      type: result.dtype,
      shape: result.shape,
      values: Array.from(await result.data(), Number),
    })),
  );
};

const runOnnx = async ({ inputs }: Drawn, graph: Graph): Promise<Result[]> => {
  const session = await InferenceSession.create(writeOnnx(graph), { logSeverityLevel: 3 });
  const feeds = inputs.map(({ name, operand, data }) => [
    name,
    new OrtTensor(operand.type, data, operand.shape),
  ]);
  const results = await session.run(Object.fromEntries(feeds) as Record<string, OrtTensor>);
  await session.release();
  return graph.outputs.map(({ name }) => {
    const { type, dims, data } = results[name] as OrtTensor;
    return { type, shape: dims, values: Array.from(data as Float32Array, Number) };
  });
};

/** The largest difference, as a share of the largest value above 1; where both sides are NaN or infinite alike, none. */
const differenceOf = (expected: Result, actual: Result): number => {
  const scale = Math.max(1, ...expected.values.filter(Number.isFinite).map(Math.abs));
  const pairs = expected.values.map((value, index) => [value, actual.values[index] ?? NaN] as const);
  const open = pairs.filter(([one, other]) => !Object.is(one, other));
  if (expected.values.length !== actual.values.length) return Infinity;
  return (
    largestDifference(
      open.map(([one]) => one),
      open.map(([, other]) => other),
    ) / scale
  );
};

/** What is wrong with the graph of a tiny model, if anything. */
export const compareTiny = async (model: TinyModel, tolerance = 1e-5) => {
  const drawn = tinyFiles(model);
  const expected = await runTfjs(drawn, model.outputs);
  const graph = optimizeGraph(await convertGraphModel(drawn.files));
  const actual = await runOnnx(drawn, graph);
  const declared = graph.outputs.map(({ value }, index) => {
    const shape = actual[index]?.shape ?? [];
    return (
      value.shape.length === shape.length &&
      value.shape.every((dim, axis) => typeof dim === 'string' || dim === shape[axis])
    );
  });
  const verdicts = expected.map((one, index) => {
    const other = actual[index] as Result;
    if (one.type !== other.type) return `type ${other.type} instead of ${one.type}`;
    if (one.shape.join() !== other.shape.join())
      return `shape ${other.shape.join()} instead of ${one.shape.join()}`;
    if (declared[index] !== true) return `declared as ${graph.outputs[index]?.value.shape.join()}`;
    const difference = differenceOf(one, other);
    return difference <= tolerance ? 'same' : `${difference} apart`;
  });
  return {
    verdict: [...new Set(verdicts)].join('; '),
    ops: allNodes(graph).map(({ op }) => op),
    expected,
    graph,
  };
};

/** One operation at work: its operands in order, its settings, and how many results are compared. */
export interface OneOp {
  readonly op: string;
  readonly operands: readonly Operand[];
  readonly attr?: Readonly<Record<string, unknown>>;
  readonly results?: number;
}

/** A tiny model of one operation. */
export const modelOf = ({ op, operands, attr = {}, results = 1 }: OneOp): TinyModel => ({
  operands: Object.fromEntries(operands.map((operand, index) => [`input_${index}`, operand])),
  nodes: [{ name: 'node', op, input: operands.map((_, index) => `input_${index}`), attr }],
  outputs: Array.from({ length: results }, (_, index) => (index === 0 ? 'node' : `node:${index}`)),
});

/** Compares one operation, with all sizes known, with the batch open, and with all sizes open. */
export const compareOp = async (
  one: OneOp,
  modes: readonly ('known' | 'batch' | 'open')[] = ['known', 'batch', 'open'],
) => {
  const model = modelOf(one);
  const verdicts: Record<string, string> = {};
  for (const mode of modes) {
    const verdict = await compareTiny({
      ...model,
      isBatchOpen: mode === 'batch',
      isOpen: mode === 'open',
    }).then(
      (comparison) => comparison.verdict,
      (error: unknown) => String(error).slice(0, 600),
    );
    if (verdict !== 'same') verdicts[mode] = verdict;
  }
  return verdicts;
};

/** What {@link compareOp} gives where nothing is wrong. */
export const AGREEMENT = {};
