import { AGREEMENT, attribute, compareOp, constant, fed, fedValues } from '../graph-model.test-support.ts';

const { text } = attribute;

/** A shift and a turn, a shear far beyond the edges, and a projection; none puts a pixel halfway between two. */
const TRANSFORMS = {
  turn: [0.8137, -0.4319, 1.3741, 0.3923, 0.9217, -1.2173, 0, 0],
  far: [3.1379, 0.2113, -7.7713, -0.3371, 2.7193, -6.1357, 0, 0],
  projection: [1.1031, 0.0713, -0.3119, 0.0517, 0.9029, 0.2341, 0.0131, -0.0213],
};

// tfjs in plain JavaScript transforms the first image of a batch alone, so there is one.
describe('ImageProjectiveTransformV3', () => {
  test.each(
    ['constant', 'nearest', 'reflect', 'wrap'].flatMap((mode) =>
      ['nearest', 'bilinear'].map((interpolation) => [mode, interpolation] as const),
    ),
  )('%s beyond the edges, %s', async (mode, interpolation) => {
    for (const transform of Object.values(TRANSFORMS)) {
      const operands = [
        fed([1, 6, 7, 3]),
        fedValues(transform, 'float32', [1, 8]),
        constant([5, 9]),
        constant(0.7, 'float32'),
      ];
      const attr = { interpolation: text(interpolation.toUpperCase()), fill_mode: text(mode.toUpperCase()) };
      const op = 'ImageProjectiveTransformV3';
      expect(await compareOp({ op, operands, attr }, ['known', 'batch'])).toEqual(AGREEMENT);
    }
  });

  test('places at infinity get the fill value', async () => {
    const operands = [
      fed([1, 4, 4, 1]),
      fedValues([1, 0, 0, 0, 1, 0, -0.5, 0], 'float32', [1, 8]),
      constant([4, 4]),
      constant(9, 'float32'),
    ];
    const attr = { interpolation: text('NEAREST'), fill_mode: text('NEAREST') };
    expect(await compareOp({ op: 'ImageProjectiveTransformV3', operands, attr }, ['known'])).toEqual(
      AGREEMENT,
    );
  });
});
