import { int, type Graph } from '../graph/graph.ts';
import { floatTensor } from '../graph/tensor.ts';
import { graphOf, randomConstant } from '../passes/passes.test-support.ts';
import { worstMean } from './compare-outputs.ts';
import { calibrateGraph } from './calibrate-graph.ts';
import { randomImages } from './precision.test-support.ts';

/** Two layers side by side. Of `coarse`, one channel is a thousand times larger than those that decide. */
const sideBySide = (): Graph =>
  graphOf(['N', 16], (builder, x) => {
    const pixels = builder.add('Mul', 'scale', [x, builder.scalar('scale', 1 / 255)]);
    const plain = builder.add('Gemm', 'plain', [pixels, randomConstant(builder, 'plain', [16, 8])]);
    const kernel = randomConstant(builder, 'kernel', [16, 8]).constant?.tensor.data as Float32Array;
    const uneven = kernel.map((weight, index) => (index % 8 === 0 ? weight * 1000 : weight));
    const coarse = builder.add('Gemm', 'coarse', [
      pixels,
      builder.constant('uneven', floatTensor([16, 8], uneven)),
    ]);
    const ignored = builder.constant('selection', floatTensor([8], [0.001, 1, 1, 1, 1, 1, 1, 1]));
    const scaled = builder.add('Mul', 'select', [coarse, ignored]);
    const sum = builder.add('Add', 'sum', [plain, scaled]);
    const logits = builder.add('Gemm', 'logits', [sum, randomConstant(builder, 'l', [8, 3])]);
    return builder.add('Softmax', 'logits', [logits], { axis: int(1) });
  });

const calibrate = (floatBudget: number, errorTarget = 0.002) => {
  const graph = sideBySide();
  return calibrateGraph(graph, randomImages(graph, 50, 'pixels'), { errorTarget, floatBudget });
};

describe('calibrateGraph', () => {
  test('leaves the layer in float whose numbers 8 bits hold worst', async () => {
    const { ranges, rounds, methods } = await calibrate(1);
    expect(ranges.inFloat).toHaveLength(1);
    expect(ranges.inFloat[0]).toMatch(/^(?:coarse\/Gemm|select\/Mul)$/u);
    const [best] = rounds[0] ?? [];
    expect(best?.node).toBe(ranges.inFloat[0]);
    expect(worstMean(best?.differences ?? [])).toBeLessThan(worstMean(methods[0]?.differences ?? []) / 2);
  });

  test('leaves none where the budget is 0 or the target is met, and still says what each would win', async () => {
    for (const calibration of [await calibrate(0), await calibrate(3, 0.9)]) {
      expect(calibration.ranges.inFloat).toEqual([]);
      expect(calibration.rounds).toHaveLength(1);
      expect(calibration.rounds[0]?.map(({ node }) => node)).toContain('coarse/Gemm');
    }
  });

  test('judges on a fifth of the images, and takes pixels as bytes whatever they hold', async () => {
    const { ranges, heldOut, trialCount, methods } = await calibrate(0);
    expect([ranges.images, heldOut.count, trialCount]).toEqual([40, 10, 10]);
    expect(ranges.ranges['x']).toEqual([0, 255]);
    expect(ranges.method).toBe(methods[0]?.method);
    const errors = methods.map(({ differences }) => worstMean(differences));
    expect(errors).toEqual(errors.toSorted((one, other) => one - other));
  });

  test('takes inputs for numbers in another range where told so', async () => {
    const graph = sideBySide();
    const inputRange = { min: -1, max: 1 };
    const settings = { errorTarget: 0.9, floatBudget: 0, inputRange };
    const { ranges } = await calibrateGraph(graph, randomImages(graph, 20), settings);
    expect(ranges.ranges['x']).toEqual([-1, 1]);
  });

  test('leaves values without bounds in float', async () => {
    const graph = graphOf(['N', 4], (builder, x) => {
      const log = builder.add('Log', 'log', [builder.add('Relu', 'relu', [x])]);
      const dense = builder.add('Gemm', 'dense', [
        builder.add('Exp', 'exp', [log]),
        randomConstant(builder, 'k', [4, 3]),
      ]);
      return builder.add('Softmax', 'top', [dense], { axis: int(1) });
    });
    const settings = { errorTarget: 0.9, floatBudget: 0 };
    const { ranges, methods } = await calibrateGraph(graph, randomImages(graph, 20), settings);
    expect(ranges.ranges['log/Log']).toBeNull();
    expect(worstMean(methods[0]?.differences ?? [])).toBeLessThan(0.01);
  });

  test('finds the same again', async () => {
    const [first, second] = [await calibrate(1), await calibrate(1)];
    expect(second.ranges).toEqual(first.ranges);
  });
});
