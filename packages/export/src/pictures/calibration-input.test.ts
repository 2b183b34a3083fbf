import type { Graph } from '../graph/graph.ts';
import type { Shape } from '../graph/shape.ts';
import { CalibrationInputError, calibratedInput, channelsOf, geometryOf } from './calibration-input.ts';

const graphTaking = (...shapes: readonly Shape[]): Graph => ({
  name: 'test',
  inputs: shapes.map((shape, index) => ({ name: `in${index}`, value: { dtype: 'float32', shape } })),
  outputs: [],
  nodes: [],
});

describe('calibratedInput', () => {
  test.each([
    [[], 'has 0 inputs'],
    [
      [
        ['N', 4],
        ['N', 2],
      ],
      'has 2 inputs (in0, in1), and calibration feeds one',
    ],
    [[[4, 8, 8, 3]], 'takes 4 at once. Open it with --shape "in0=?,8,8,3"'],
    [[['N', 'H', 'W', 3]], 'leaves its size open. Say it, e.g. --shape "in0=?,224,224,3"'],
  ])('refuses inputs %j', (shapes, message) => {
    const find = () => calibratedInput(graphTaking(...shapes));
    expect(find).toThrow(CalibrationInputError);
    expect(find).toThrow(message);
  });

  test.each([[['N', 8, 8, 3]], [[1, 8, 8, 3]], [['N', 7]]])('takes one of shape %j', (shape) => {
    expect(calibratedInput(graphTaking(shape)).name).toBe('in0');
  });
});

describe('geometryOf', () => {
  const input = (shape: Shape) => calibratedInput(graphTaking(shape));

  test('reads size and channels in either layout', () => {
    const geometry = { heightPx: 20, widthPx: 30, channels: 3 };
    expect(geometryOf(input(['N', 20, 30, 3]), 'channels-last')).toEqual(geometry);
    expect(geometryOf(input(['N', 3, 20, 30]), 'channels-first')).toEqual(geometry);
    expect(channelsOf(input([1, 9, 9, 4]), 'channels-last')).toBe(4);
  });

  test.each([[['N', 7]], [['N', 8, 8, 2]], [['N', 20, 3]]])(
    'says what to give for %j, which is no image',
    (shape) => {
      const read = () => geometryOf(input(shape), 'channels-last');
      expect(read).toThrow(
        `Give --calibrate a file of inputs, an ONNX TensorProto (.pb) of shape [count, ${shape.slice(1).join(', ')}]`,
      );
    },
  );
});
