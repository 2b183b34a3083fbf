import tf from '@tensorflow/tfjs';
import { lossOf, lossOfHeads, sampleLoss, smoothLabels } from './loss.ts';

beforeAll(async () => {
  tf.enableProdMode();
  await tf.setBackend('cpu');
});

const logits = [
  [2, -1, 0.5],
  [0, 3, -2],
];
const targets = [
  [1, 0, 0],
  [0.2, 0.5, 0.3],
];

test('cross-entropy is that of tfjs, soft labels included', () => {
  const [ours, theirs] = tf.tidy(() => [
    lossOf('cross-entropy', tf.tensor2d(logits), tf.tensor2d(targets)).dataSync()[0],
    tf.losses.softmaxCrossEntropy(tf.tensor2d(targets), tf.tensor2d(logits)).dataSync()[0],
  ]);
  expect(ours).toBeCloseTo(theirs as number, 6);
});

test('cross-entropy stays finite, and so does its gradient, where a probability rounds to 0', () => {
  const { value, grad } = tf.valueAndGrad((x) =>
    lossOf('cross-entropy', x as tf.Tensor2D, tf.tensor2d([[1, 0]])),
  )(tf.tensor2d([[-400, 400]]));
  expect(value.dataSync()[0]).toBe(800);
  expect([...grad.dataSync()]).toEqual([-1, 1]);
});

test('mse is the mean squared difference of the probabilities', () => {
  const [ours, theirs] = tf.tidy(() => [
    lossOf('mse', tf.tensor2d(logits), tf.tensor2d(targets)).dataSync()[0],
    tf.losses.meanSquaredError(tf.tensor2d(targets), tf.softmax(tf.tensor2d(logits))).dataSync()[0],
  ]);
  expect(ours).toBeCloseTo(theirs as number, 6);
});

test('label smoothing takes its share from the target and spreads it over all classes', () => {
  const smoothed = tf.tidy(() => [...smoothLabels(tf.tensor2d([[1, 0, 0, 0]]), 0.1).dataSync()]);
  for (const [index, expected] of [0.925, 0.025, 0.025, 0.025].entries())
    expect(smoothed[index]).toBeCloseTo(expected, 6);
});

test.each(['cross-entropy', 'mse'] as const)('%s on the host is %s on the device', (loss) => {
  const [probabilities, onDevice] = tf.tidy(() => [
    tf.softmax(tf.tensor2d(logits)).dataSync() as Float32Array,
    lossOf(loss, tf.tensor2d(logits), tf.tensor2d(targets)).dataSync()[0] as number,
  ]);
  const flat = Float32Array.from(targets.flat());
  const onHost =
    (sampleLoss(loss, probabilities, flat, 0, 3) + sampleLoss(loss, probabilities, flat, 3, 3)) / 2;
  expect(onHost).toBeCloseTo(onDevice, 5);
});

test('the loss of several heads is the weighted sum of theirs, each smoothed by itself', () => {
  const heads = [
    { classes: 3, weight: 1, labelSmoothing: 0 },
    { classes: 2, weight: 0.5, labelSmoothing: 0.1 },
  ];
  const own = [
    [1, -1],
    [0, 2],
  ];
  const ownTargets = [
    [1, 0],
    [0, 1],
  ];
  const [both, first, second] = tf.tidy(() => [
    lossOfHeads(
      'cross-entropy',
      tf.concat([tf.tensor2d(logits), tf.tensor2d(own)], 1),
      tf.concat([tf.tensor2d(targets), tf.tensor2d(ownTargets)], 1),
      heads,
    ).dataSync()[0] as number,
    tf.losses.softmaxCrossEntropy(tf.tensor2d(targets), tf.tensor2d(logits)).dataSync()[0] as number,
    tf.losses
      .softmaxCrossEntropy(tf.tensor2d(ownTargets), tf.tensor2d(own), undefined, 0.1)
      .dataSync()[0] as number,
  ]);
  expect(both).toBeCloseTo(first + 0.5 * second, 5);
});

test.each(['cross-entropy', 'mse'] as const)(
  'a row without target costs nothing under %s, smoothed or not, and teaches nothing',
  (loss) => {
    const { value, grad } = tf.valueAndGrad((x) =>
      lossOf(loss, x as tf.Tensor2D, smoothLabels(tf.zeros([2, 3]), 0.1)),
    )(tf.tensor2d(logits));
    expect(value.dataSync()[0]).toBeCloseTo(0, 12);
    for (const slope of grad.dataSync()) expect(slope).toBeCloseTo(0, 12);
  },
);
