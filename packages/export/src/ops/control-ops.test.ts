import {
  attribute,
  compareTiny,
  constant,
  fed,
  fedValues,
  weights,
  type TinyModel,
  type TinyNode,
} from '../graph-model.test-support.ts';

const { func, int, text, bool, type } = attribute;

const node = (name: string, op: string, input: readonly string[], attr: TinyNode['attr'] = {}): TinyNode => ({
  name,
  op,
  input,
  attr,
});

/** A function of a library, as the file has it. */
const definition = (
  name: string,
  inputs: readonly (readonly [string, string])[],
  nodes: readonly TinyNode[],
  outputs: readonly (readonly [string, string, string])[],
) => ({
  signature: {
    name,
    inputArg: inputs.map(([argument, dtype]) => ({ name: argument, type: dtype })),
    outputArg: outputs.map(([result, , dtype]) => ({ name: result, type: dtype })),
  },
  nodeDef: nodes,
  ret: Object.fromEntries(outputs.map(([result, source]) => [result, source])),
});

const library = (...functions: unknown[]) => ({ function: functions });

const verdictOf = async (model: TinyModel) => {
  const { verdict, ops } = await compareTiny(model);
  return { verdict, hasLoop: ops.includes('Loop'), hasIf: ops.includes('If') };
};

describe('branches of functions', () => {
  const branches = library(
    definition(
      'double',
      [
        ['a', 'DT_FLOAT'],
        ['b', 'DT_FLOAT'],
      ],
      [node('sum', 'AddV2', ['a', 'a'])],
      [['r', 'sum:z:0', 'DT_FLOAT']],
    ),
    definition(
      'product',
      [
        ['a', 'DT_FLOAT'],
        ['b', 'DT_FLOAT'],
      ],
      [node('times', 'Mul', ['a', 'b'])],
      [['r', 'times:z:0', 'DT_FLOAT']],
    ),
  );
  const nodes = [
    node('node', 'If', ['c', 'x', 'y'], { then_branch: func('double'), else_branch: func('product') }),
  ];

  test.each([0, 1])('If takes the branch that %i says', async (choice) => {
    const operands = { c: fedValues([choice], 'bool', []), x: fed([2, 3]), y: fed([2, 3]) };
    const model = { operands, nodes, outputs: ['node'], library: branches };
    expect(await verdictOf(model)).toEqual({ verdict: 'same', hasLoop: false, hasIf: true });
    expect(await verdictOf({ ...model, isOpen: true })).toEqual({
      verdict: 'same',
      hasLoop: false,
      hasIf: true,
    });
  });

  test('a branch that is known beforehand is written without an If', async () => {
    const operands = { c: constant([1], 'bool', []), x: fed([2, 3]), y: fed([2, 3]) };
    const model = { operands, nodes, outputs: ['node'], library: branches };
    expect(await verdictOf(model)).toEqual({ verdict: 'same', hasLoop: false, hasIf: false });
  });
});

const counting = definition(
  'goes-on',
  [
    ['i', 'DT_INT32'],
    ['n', 'DT_INT32'],
    ['x', 'DT_FLOAT'],
  ],
  [node('less', 'Less', ['i', 'n'])],
  [['r', 'less:z:0', 'DT_BOOL']],
);

describe('loops of functions', () => {
  test('While carries what changes and reads the rest from around it', async () => {
    const body = definition(
      'body',
      [
        ['i', 'DT_INT32'],
        ['n', 'DT_INT32'],
        ['x', 'DT_FLOAT'],
      ],
      [
        node('one', 'Const', [], { dtype: type('DT_INT32') }),
        node('next', 'AddV2', ['i', 'one:output:0']),
        node('same', 'Identity', ['n']),
        node('half', 'Const', [], { dtype: type('DT_FLOAT') }),
        node('more', 'Mul', ['x', 'half:output:0']),
      ],
      [
        ['a', 'next:z:0', 'DT_INT32'],
        ['b', 'same:output:0', 'DT_INT32'],
        ['c', 'more:z:0', 'DT_FLOAT'],
      ],
    );
    const operands = {
      i: constant(0),
      n: fedValues([4], 'int32', []),
      x: fed([2, 3]),
      one: constant(1),
      half: constant(0.5, 'float32'),
    };
    const nodes = [
      node('node', 'StatelessWhile', ['i', 'n', 'x'], { cond: func('goes-on'), body: func('body') }),
    ];
    for (const isOpen of [false, true]) {
      const model = {
        operands,
        nodes,
        outputs: ['node:2', 'node'],
        library: library(counting, body),
        isOpen,
      };
      expect(await verdictOf(model)).toEqual({ verdict: 'same', hasLoop: true, hasIf: false });
    }
  });

  /** Runs over the rows of x, as recurrent layers are written, and keeps what it makes of each. */
  const rows = (reserve: readonly TinyNode[]): TinyModel => {
    const inputs = [
      ['i', 'DT_INT32'],
      ['n', 'DT_INT32'],
      ['state', 'DT_FLOAT'],
      ['list', 'DT_VARIANT'],
      ['rows', 'DT_VARIANT'],
    ] as const;
    const goesOn = definition(
      'more-rows',
      inputs,
      [node('less', 'Less', ['i', 'n'])],
      [['r', 'less:z:0', 'DT_BOOL']],
    );
    const body = definition(
      'row',
      inputs,
      [
        node('one', 'Const', [], { dtype: type('DT_INT32') }),
        node('shape', 'Const', [], { dtype: type('DT_INT32') }),
        node('kernel', 'Const', [], { dtype: type('DT_FLOAT') }),
        node('next', 'AddV2', ['i', 'one:output:0']),
        node('item', 'TensorListGetItem', ['rows', 'i', 'shape:output:0'], {
          element_dtype: type('DT_FLOAT'),
        }),
        node('sum', 'AddV2', ['item:item:0', 'state']),
        node('product', 'MatMul', ['sum:z:0', 'kernel:output:0']),
        node('new', 'Tanh', ['product:product:0']),
        node('put', 'TensorListSetItem', ['list', 'i', 'new:y:0'], { element_dtype: type('DT_FLOAT') }),
      ],
      [
        ['a', 'next:z:0', 'DT_INT32'],
        ['b', 'n', 'DT_INT32'],
        ['c', 'new:y:0', 'DT_FLOAT'],
        ['d', 'put:output_handle:0', 'DT_VARIANT'],
        ['e', 'rows', 'DT_VARIANT'],
      ],
    );
    return {
      operands: {
        x: fed([4, 2, 3]),
        zero: constant(0),
        n: constant(4),
        one: constant(1),
        state: fed([2, 3]),
        shape: constant([2, 3]),
        unknown: constant(-1),
        kernel: weights([3, 3]),
      },
      nodes: [
        node('rows', 'TensorListFromTensor', ['x', 'shape'], { element_dtype: type('DT_FLOAT') }),
        ...reserve,
        node('loop', 'While', ['zero', 'n', 'state', 'list', 'rows'], {
          cond: func('more-rows'),
          body: func('row'),
        }),
        node('node', 'TensorListStack', ['loop:3', 'shape'], {
          element_dtype: type('DT_FLOAT'),
          num_elements: int(4),
        }),
      ],
      outputs: ['node', 'loop:2'],
      library: library(goesOn, body),
    };
  };

  test('TensorLists of known elements', async () => {
    const reserve = [node('list', 'TensorListReserve', ['shape', 'n'], { element_dtype: type('DT_FLOAT') })];
    expect(await verdictOf(rows(reserve))).toEqual({ verdict: 'same', hasLoop: true, hasIf: false });
  });

  test('TensorLists of elements that only the loop knows', async () => {
    const reserve = [
      node('list', 'TensorListReserve', ['unknown', 'n'], { element_dtype: type('DT_FLOAT') }),
    ];
    expect(await verdictOf(rows(reserve))).toEqual({ verdict: 'same', hasLoop: true, hasIf: false });
  });
});

/** The loop of old models: x is doubled until i reaches n. */
const oldLoop = (): TinyModel => {
  const frame = { frame_name: text('frame') };
  const fixed = { ...frame, is_constant: bool(true) };
  return {
    operands: { zero: constant(0), n: fedValues([3], 'int32', []), x: fed([2, 3]), one: constant(1) },
    nodes: [
      node('enter_i', 'Enter', ['zero'], frame),
      node('enter_x', 'Enter', ['x'], frame),
      node('enter_n', 'Enter', ['n'], fixed),
      node('merge_i', 'Merge', ['enter_i', 'next_i'], { N: int(2) }),
      node('merge_x', 'Merge', ['enter_x', 'next_x'], { N: int(2) }),
      node('less', 'Less', ['merge_i', 'enter_n']),
      node('goes-on', 'LoopCond', ['less']),
      node('switch_i', 'Switch', ['merge_i', 'goes-on']),
      node('switch_x', 'Switch', ['merge_x', 'goes-on']),
      node('body_i', 'Identity', ['switch_i:1']),
      node('body_x', 'Identity', ['switch_x:1']),
      node('enter_one', 'Enter', ['one'], fixed),
      node('sum', 'AddV2', ['body_i', 'enter_one']),
      node('double', 'AddV2', ['body_x', 'body_x']),
      node('next_i', 'NextIteration', ['sum']),
      node('next_x', 'NextIteration', ['double']),
      node('exit_i', 'Exit', ['switch_i']),
      node('exit_x', 'Exit', ['switch_x']),
      node('node', 'AddV2', ['exit_x', 'x']),
    ],
    outputs: ['node', 'exit_i'],
  };
};

describe('control flow of old models', () => {
  test('a loop of Enter, Merge, Switch, NextIteration and Exit', async () => {
    expect(await verdictOf(oldLoop())).toEqual({ verdict: 'same', hasLoop: true, hasIf: false });
    expect(await verdictOf({ ...oldLoop(), isOpen: true })).toEqual({
      verdict: 'same',
      hasLoop: true,
      hasIf: false,
    });
  });

  test.each([0, 1])('a branch of Switch and Merge, taken as %i says', async (choice) => {
    const model: TinyModel = {
      operands: { c: fedValues([choice], 'bool', []), x: fed([2, 3]), w: fed([3]) },
      nodes: [
        node('switch', 'Switch', ['x', 'c']),
        node('yes', 'Exp', ['switch:1']),
        node('no', 'Neg', ['switch']),
        node('no_w', 'AddV2', ['no', 'w']),
        node('merge', 'Merge', ['no_w', 'yes'], { N: int(2) }),
        node('node', 'AddV2', ['merge', 'x']),
      ],
      outputs: ['node'],
    };
    expect(await verdictOf(model)).toEqual({ verdict: 'same', hasLoop: false, hasIf: true });
  });

  test('a TensorArray that a loop fills', async () => {
    const frame = { frame_name: text('frame') };
    const fixed = { ...frame, is_constant: bool(true) };
    const arrayType = {
      dtype: type('DT_FLOAT'),
      element_shape: { shape: { dim: [{ size: '3' }] } },
      dynamic_size: bool(false),
      clear_after_read: bool(true),
      identical_element_shapes: bool(true),
      tensor_array_name: text('rows'),
    };
    const model: TinyModel = {
      operands: {
        zero: constant(0),
        n: constant(4),
        x: fed([4, 3]),
        one: constant(1),
        places: constant([0, 1, 2, 3]),
      },
      nodes: [
        node('array', 'TensorArrayV3', ['n'], arrayType),
        node('enter_i', 'Enter', ['zero'], frame),
        node('enter_flow', 'Enter', ['array:1'], frame),
        node('enter_n', 'Enter', ['n'], fixed),
        node('enter_x', 'Enter', ['x'], fixed),
        node('enter_array', 'Enter', ['array'], fixed),
        node('enter_one', 'Enter', ['one'], fixed),
        node('enter_zero', 'Enter', ['zero'], fixed),
        node('merge_i', 'Merge', ['enter_i', 'next_i'], { N: int(2) }),
        node('merge_flow', 'Merge', ['enter_flow', 'next_flow'], { N: int(2) }),
        node('less', 'Less', ['merge_i', 'enter_n']),
        node('goes-on', 'LoopCond', ['less']),
        node('switch_i', 'Switch', ['merge_i', 'goes-on']),
        node('switch_flow', 'Switch', ['merge_flow', 'goes-on']),
        node('body_i', 'Identity', ['switch_i:1']),
        node('row', 'GatherV2', ['enter_x', 'body_i', 'enter_zero']),
        node('square', 'Mul', ['row', 'row']),
        node('write', 'TensorArrayWriteV3', ['enter_array', 'body_i', 'square', 'switch_flow:1'], {
          T: type('DT_FLOAT'),
        }),
        node('sum', 'AddV2', ['body_i', 'enter_one']),
        node('next_i', 'NextIteration', ['sum']),
        node('next_flow', 'NextIteration', ['write']),
        node('exit_flow', 'Exit', ['switch_flow']),
        node('node', 'TensorArrayGatherV3', ['array', 'places', 'exit_flow'], {
          dtype: type('DT_FLOAT'),
          element_shape: { shape: { dim: [{ size: '3' }] } },
        }),
      ],
      outputs: ['node'],
    };
    expect(await verdictOf(model)).toEqual({ verdict: 'same', hasLoop: true, hasIf: false });
  });
});
