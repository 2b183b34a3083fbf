import {
  attribute,
  compareTiny,
  constant,
  fed,
  weights,
  type TinyNode,
} from '../graph-model.test-support.ts';

const { bool, int, type } = attribute;

const node = (
  name: string,
  op: string,
  input: readonly string[],
  attr: NonNullable<TinyNode['attr']> = {},
): TinyNode => ({
  name,
  op,
  input,
  attr,
});

const WIDTH = 8;
const HEADS = 2;

/** A layer's normalisation, as TensorFlow spells it out. */
const normalized = (name: string, x: string): readonly TinyNode[] => {
  const keep = { keep_dims: bool(true) };
  return [
    node(`${name}/mean`, 'Mean', [x, 'last'], keep),
    node(`${name}/squares`, 'SquaredDifference', [x, `${name}/mean`]),
    node(`${name}/variance`, 'Mean', [`${name}/squares`, 'last'], keep),
    node(`${name}/safe`, 'AddV2', [`${name}/variance`, 'epsilon']),
    node(`${name}/scale`, 'Rsqrt', [`${name}/safe`]),
    node(`${name}/centred`, 'Sub', [x, `${name}/mean`]),
    node(name, 'Mul', [`${name}/centred`, `${name}/scale`]),
  ];
};

/** Queries, keys or values of all heads: `[batch, heads, steps, width of a head]`. */
const heads = (name: string): readonly TinyNode[] => [
  node(`${name}/flat`, 'Reshape', ['words', 'rows']),
  node(`${name}/product`, 'MatMul', [`${name}/flat`, `${name}-kernel`]),
  node(`${name}/biased`, 'BiasAdd', [`${name}/product`, 'bias']),
  node(`${name}/apart`, 'Reshape', [`${name}/biased`, 'per-head']),
  node(name, 'Transpose', [`${name}/apart`, 'heads-first']),
];

/** One layer of a transformer whose batch and length are read off its input as it runs. */
const transformer: readonly TinyNode[] = [
  node('words', 'GatherV2', ['table', 'ids', 'zero']),
  node('shape', 'Shape', ['ids'], { out_type: type('DT_INT32') }),
  node('batch', 'StridedSlice', ['shape', 'first', 'second', 'step'], { shrink_axis_mask: int(1) }),
  node('steps', 'StridedSlice', ['shape', 'second', 'third', 'step'], { shrink_axis_mask: int(1) }),
  node('per-head', 'Pack', ['batch', 'steps', 'head-count', 'head-width'], { axis: int(0) }),
  node('whole', 'Pack', ['batch', 'steps', 'width'], { axis: int(0) }),
  ...['query', 'key', 'value'].flatMap(heads),
  node('products', 'BatchMatMulV2', ['query', 'key'], { adj_x: bool(false), adj_y: bool(true) }),
  node('scaled', 'Mul', ['products', 'root']),
  node('is-padding', 'Equal', ['ids', 'zero']),
  node('padding', 'Cast', ['is-padding'], { SrcT: type('DT_BOOL'), DstT: type('DT_FLOAT') }),
  node('penalty', 'Mul', ['padding', 'large']),
  node('penalty-1', 'ExpandDims', ['penalty', 'one']),
  node('penalty-2', 'ExpandDims', ['penalty-1', 'one']),
  node('scores', 'AddV2', ['scaled', 'penalty-2']),
  node('shares', 'Softmax', ['scores']),
  node('seen', 'BatchMatMulV2', ['shares', 'value']),
  node('steps-first', 'Transpose', ['seen', 'heads-first']),
  node('joined', 'Reshape', ['steps-first', 'whole']),
  node('residual', 'AddV2', ['words', 'joined']),
  ...normalized('normal', 'residual'),
  node('normal/flat', 'Reshape', ['normal', 'rows']),
  node('wide', '_FusedMatMul', ['normal/flat', 'wide-kernel', 'wide-bias'], {
    num_args: int(1),
    fused_ops: attribute.texts(['BiasAdd']),
  }),
  node('wide/half', 'Mul', ['wide', 'half']),
  node('wide/root', 'Mul', ['wide', 'root-half']),
  node('wide/erf', 'Erf', ['wide/root']),
  node('wide/shifted', 'AddV2', ['wide/erf', 'unit']),
  node('gelu', 'Mul', ['wide/half', 'wide/shifted']),
  node('narrow', 'MatMul', ['gelu', 'narrow-kernel']),
  node('node', 'Reshape', ['narrow', 'whole']),
];

const operands = {
  ids: fed([2, 5], 'int32', { low: 0, high: 9 }),
  table: weights([9, WIDTH]),
  'query-kernel': weights([WIDTH, WIDTH]),
  'key-kernel': weights([WIDTH, WIDTH]),
  'value-kernel': weights([WIDTH, WIDTH]),
  bias: weights([WIDTH]),
  'wide-kernel': weights([WIDTH, 16]),
  'wide-bias': weights([16]),
  'narrow-kernel': weights([16, WIDTH]),
  zero: constant(0),
  one: constant(1),
  first: constant([0]),
  second: constant([1]),
  third: constant([2]),
  step: constant([1]),
  last: constant([-1]),
  rows: constant([-1, WIDTH]),
  width: constant(WIDTH),
  'head-count': constant(HEADS),
  'head-width': constant(WIDTH / HEADS),
  'heads-first': constant([0, 2, 1, 3]),
  root: constant(0.5, 'float32'),
  large: constant(-10_000, 'float32'),
  epsilon: constant(1e-6, 'float32'),
  half: constant(0.5, 'float32'),
  'root-half': constant(Math.SQRT1_2, 'float32'),
  unit: constant(1, 'float32'),
};

describe('a transformer', () => {
  test.each([
    ['of a known size', {}],
    ['with an open batch', { isBatchOpen: true }],
    ['with an open batch and length', { isOpen: true }],
  ])('%s', async (_, openness) => {
    const { verdict } = await compareTiny({
      operands,
      nodes: transformer,
      outputs: ['node'],
      ...openness,
    });
    expect(verdict).toBe('same');
  });
});
