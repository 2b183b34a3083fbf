import { GraphBuilder } from '../graph-builder.ts';
import { int, ints } from '../graph.ts';
import { ShapeError } from './operation.ts';
import { intTensor, floatTensor } from '../tensor.ts';

const value = (...shape: (number | string)[]) => ({ dtype: 'float32' as const, shape });
const window = { kernel_shape: ints([3, 3]), pads: ints([0, 0, 0, 0]), strides: ints([1, 1]) };

describe('inferOutputs', () => {
  const builder = new GraphBuilder('test');

  // What these operators give is held against onnxruntime by the tests of the converter; here, what they refuse.
  test.each([
    ['Add', [value('N', 3), value('N', 2)], {}],
    ['Concat', [value('N', 3, 2), value('N', 3, 4)], { axis: int(1) }],
    ['Conv', [value('N', 3, 8, 8), value(4, 2, 3, 3)], window],
    ['MaxPool', [value('N', 2, 2, 8)], window],
    ['Gemm', [value('N', 3), value(4, 2)], {}],
    ['MatMul', [value('N', 3, 5), value(4, 2)], {}],
    ['BatchNormalization', [value('N', 3), value(3), value(3), value(2), value(3)], {}],
    ['Transpose', [value('N', 3)], { perm: ints([0, 2, 1]) }],
    ['Reshape', [value('N', 6), builder.constant('shape', intTensor([0, 4]))], {}],
    ['NoSuchOperator', [value('N', 3)], {}],
  ])('refuses %s of shapes that do not fit', (op, inputs, attributes) => {
    expect(() => builder.add(op, 'node', inputs, attributes)).toThrow(ShapeError);
    expect(() => builder.add(op, 'node', inputs, attributes)).toThrow(/node "node"/u);
  });

  test('reshapes a symbolic batch where it stays, and where it moves', () => {
    const x = builder.input('x', ['N', 6]);
    expect(builder.reshape('a', x, ['N', 2, 3]).shape).toEqual(['N', 2, 3]);
    expect(builder.reshape('a', x, [6, 'N']).shape).toEqual([6, 'N']);
    expect(() => builder.reshape('a', x, ['N', 'M'])).toThrow(RangeError);
    expect(() => builder.reshape('a', x, ['N', 4])).toThrow(ShapeError);
  });
});

describe('floatTensor', () => {
  test('refuses elements that do not fill its shape', () => {
    expect(() => floatTensor([2, 2], [1, 2, 3])).toThrow(RangeError);
  });
});
