import tf from '@tensorflow/tfjs';
import { compareWithCpu, computeOn, randomTensor } from './compare-backends.test-support.ts';

type Shape4D = [number, number, number, number];
type Case = [input: Shape4D, filter: Shape4D, strides: [number, number], pad: 'valid' | 'same' | number];

const cases: Case[] = [
  [[2, 8, 8, 3], [3, 3, 3, 1], [1, 1], 'valid'],
  [[2, 8, 7, 3], [3, 3, 3, 1], [1, 1], 'same'],
  [[2, 9, 7, 4], [3, 3, 4, 2], [2, 2], 'same'],
  [[2, 9, 7, 4], [2, 3, 4, 3], [2, 2], 'valid'],
  [[1, 6, 6, 5], [3, 3, 5, 1], [1, 1], 2],
];

test.each(cases)(
  'depthwise convolution %j by %j, strides %j, padding %j has the gradients of the JavaScript backend',
  async (inputShape, filterShape, strides, pad) => {
    const rounding = typeof pad === 'number' ? 'floor' : undefined;
    const convolve = (input: tf.Tensor, kernel: tf.Tensor) =>
      tf.depthwiseConv2d(input as tf.Tensor4D, kernel as tf.Tensor4D, strides, pad, 'NHWC', 1, rounding);
    const difference = await compareWithCpu(() => {
      const x = randomTensor<tf.Rank.R4>(inputShape, 1);
      const filter = randomTensor<tf.Rank.R4>(filterShape, 2);
      const dy = randomTensor<tf.Rank.R4>(convolve(x, filter).shape, 3);
      return tf.grads(convolve)([x, filter], dy);
    });
    expect(difference).toBeLessThan(2e-6);
  },
);

// TensorFlow.js's gradient kernels on the JavaScript backend ignore dilation, so its forward pass is the oracle here:
// the convolution is linear in each operand, hence <dy, convolve(x, v)> = <filter's gradient, v> for any v.
test.each<[number, [number, number], 'valid' | 'same']>([
  [1, [2, 2], 'same'],
  [2, [2, 3], 'valid'],
])(
  'with %i outputs per channel, dilations %j, padding %j, gradients are adjoint to the forward pass',
  async (multiplier, dilations, pad) => {
    const inputShape: Shape4D = [2, 9, 10, 2];
    const filterShape: Shape4D = [3, 3, 2, multiplier];
    const strides: [number, number] = [1, 1];
    const { outShape } = tf.backend_util.computeConv2DInfo(
      inputShape,
      filterShape,
      strides,
      dilations,
      pad,
      undefined,
      true,
    );
    const operands = () => ({
      x: randomTensor<tf.Rank.R4>(inputShape, 1),
      filter: randomTensor<tf.Rank.R4>(filterShape, 2),
      dy: randomTensor<tf.Rank.R4>(outShape, 3),
    });
    const forward = await computeOn('cpu', () => {
      const { x, filter, dy } = operands();
      return [tf.sum(tf.mul(tf.depthwiseConv2d(x, filter, strides, pad, 'NHWC', dilations), dy))];
    });
    const backward = await computeOn('wasm', () => {
      const { x, filter, dy } = operands();
      const run = (kernel: string, inputs: tf.NamedTensorMap, attrs: tf.NamedAttrMap) =>
        tf.engine().runKernel<tf.Tensor>(kernel, inputs, { strides, dilations, pad, ...attrs });
      const inFilter = run('DepthwiseConv2dNativeBackpropFilter', { x, dy }, { filterShape });
      const inInput = run('DepthwiseConv2dNativeBackpropInput', { dy, filter }, { inputShape });
      return [tf.sum(tf.mul(inFilter, filter)), tf.sum(tf.mul(inInput, x))];
    });
    const expected = forward.values[0]?.[0] as number;
    expect(backward.values[0]?.[0]).toBeCloseTo(expected, 4);
    expect(backward.values[1]?.[0]).toBeCloseTo(expected, 4);
  },
);
