import { convertGraphModel } from '../convert-graph-model.ts';
import {
  attribute,
  compareTiny,
  constant,
  fed,
  tinyFiles,
  type TinyNode,
} from '../graph-model.test-support.ts';

const { int, type, ints } = attribute;

const node = (
  name: string,
  op: string,
  input: readonly string[],
  attr: NonNullable<TinyNode['attr']> = {},
): TinyNode => ({ name, op, input, attr });

describe('lists outside loops', () => {
  const listType = { element_dtype: type('DT_FLOAT') };
  test.each([
    ['TensorListGetItem', [node('node', 'TensorListGetItem', ['list', 'one', 'shape'], listType)]],
    ['TensorListGather', [node('node', 'TensorListGather', ['list', 'places', 'shape'], listType)]],
    ['TensorListLength', [node('node', 'TensorListLength', ['list'])]],
    [
      'TensorListResize to fewer',
      [
        node('cut', 'TensorListResize', ['list', 'one']),
        node('node', 'TensorListStack', ['cut', 'shape'], { ...listType, num_elements: int(1) }),
      ],
    ],
    [
      'TensorListResize to more',
      [
        node('grown', 'TensorListResize', ['list', 'five']),
        node('put', 'TensorListSetItem', ['grown', 'four', 'item'], listType),
        node('node', 'TensorListGather', ['put', 'known', 'shape'], listType),
      ],
    ],
    [
      'TensorListPushBack',
      [
        node('put', 'TensorListPushBack', ['list', 'item'], listType),
        node('node', 'TensorListStack', ['put', 'shape'], { ...listType, num_elements: int(4) }),
      ],
    ],
    [
      'TensorListScatterV2',
      [
        node('put', 'TensorListScatterV2', ['x', 'places', 'shape', 'three'], listType),
        node('node', 'TensorListGather', ['put', 'places', 'shape'], listType),
      ],
    ],
  ])('%s', async (_, nodes) => {
    const operands = {
      x: fed([3, 2]),
      item: fed([2]),
      one: constant(1),
      three: constant(3),
      shape: constant([2]),
      four: constant(4),
      five: constant(5),
      known: constant([4, 2, 0]),
      places: constant([2, 0, 1]),
    };
    const from = node('list', 'TensorListFromTensor', ['x', 'shape'], listType);
    const { verdict } = await compareTiny({ operands, nodes: [from, ...nodes], outputs: ['node'] });
    expect(verdict).toBe('same');
  });

  test('refuses what does not fit a tensor: parts of different lengths', async () => {
    const operands = { x: fed([3, 2]), shape: constant([2]), lengths: constant([1, 2]), zero: constant(0) };
    const nodes = [
      node('parts', 'TensorListSplit', ['x', 'shape', 'lengths'], listType),
      node('node', 'TensorListGetItem', ['parts', 'zero', 'shape'], listType),
    ];
    const { files } = tinyFiles({ operands, nodes, outputs: ['node'] });
    await expect(convertGraphModel(files)).rejects.toThrow(/different lengths/u);
  });
});

describe('references', () => {
  test('results by number, and nodes that are only waited for', async () => {
    const operands = { x: fed([2, 6]), axis: constant(1) };
    const nodes = [
      node('split', 'Split', ['axis', 'x'], { num_split: int(3) }),
      node('nothing', 'NoOp', ['^split']),
      node('node', 'AddV2', ['split:2', 'split:1', '^nothing'], { _class: ints([1]) }),
    ];
    expect((await compareTiny({ operands, nodes, outputs: ['node', 'split:1'] })).verdict).toBe('same');
  });
});
