import { createRandom } from '@mien/contract';
import tf from '@tensorflow/tfjs';
import { NATIVE_TYPES, nativeBackend, type NativeBinding } from '../native-backend.ts';
import { selectBackend } from '../select-backend.ts';
import type { ComputeType } from './native-ops.ts';
import { NativeTrunk } from './native-trunk.ts';

/** Whether native TensorFlow is installed; its tests need it and nothing else has its ops. */
const isNative = await selectBackend('tensorflow').then(
  () => true,
  () => false,
);

const apply = (layer: tf.layers.Layer, x: tf.SymbolicTensor | tf.SymbolicTensor[]): tf.SymbolicTensor =>
  layer.apply(x) as tf.SymbolicTensor;

/** Every layer that the trunk knows, an odd size under a pool, and tensors that are used twice. */
const build = (): tf.LayersModel => {
  const { conv2d, batchNormalization, activation, maxPooling2d, averagePooling2d, dense, add } = tf.layers;
  const pixels = tf.input({ shape: [22, 22, 1] });
  let seed = 1;
  const kernelInitializer = () => tf.initializers.heNormal({ seed: seed++ });
  const convBn = (x: tf.SymbolicTensor, filters: number, kernelSize: number, strides = 1) =>
    apply(
      batchNormalization({ momentum: 0.9 }),
      apply(
        conv2d({
          filters,
          kernelSize,
          strides,
          padding: 'same',
          useBias: false,
          kernelInitializer: kernelInitializer(),
        }),
        x,
      ),
    );
  const relu = (x: tf.SymbolicTensor) => apply(activation({ activation: 'relu' }), x);
  const scaled = apply(tf.layers.rescaling({ scale: 1 / 127.5, offset: -1 }), pixels);
  const stem = apply(maxPooling2d({ poolSize: 2 }), relu(convBn(scaled, 8, 3)));
  const inner = convBn(relu(convBn(stem, 12, 3)), 12, 3);
  const squeezed = apply(tf.layers.globalAveragePooling2d({}), inner);
  const reduced = apply(
    dense({ units: 4, activation: 'relu', kernelInitializer: kernelInitializer() }),
    squeezed,
  );
  const gates = apply(
    dense({ units: 12, activation: 'sigmoid', kernelInitializer: kernelInitializer() }),
    reduced,
  );
  const gated = apply(tf.layers.multiply(), [
    inner,
    apply(tf.layers.reshape({ targetShape: [1, 1, 12] }), gates),
  ]);
  const joined = relu(apply(add(), [gated, convBn(stem, 12, 1)]));
  const pooled = apply(averagePooling2d({ poolSize: 2 }), apply(maxPooling2d({ poolSize: 2 }), joined));
  const last = relu(convBn(pooled, 16, 3, 2));
  const features = apply(tf.layers.globalAveragePooling2d({}), last);
  return tf.model({ inputs: pixels, outputs: features });
};

const variablesOf = (model: tf.LayersModel): tf.Variable[] =>
  (model.trainableWeights as unknown as { val: tf.Variable }[]).map(({ val }) => val);

const random = createRandom(7);
const BATCH = 6;
const makePixels = (): tf.Tensor4D =>
  tf.tensor4d(
    Float32Array.from({ length: BATCH * 22 * 22 }, () => random.integer(256)),
    [BATCH, 22, 22, 1],
  );
const makeTowards = (): tf.Tensor2D =>
  tf.tensor2d(
    Float32Array.from({ length: BATCH * 16 }, () => random.normal()),
    [BATCH, 16],
  );

interface Step {
  readonly features: tf.Tensor;
  readonly gradients: tf.Tensor[];
}

/** Through TensorFlow.js's own layers and gradients. */
const composed = (model: tf.LayersModel, pixels: tf.Tensor4D, towards: tf.Tensor2D): Step => {
  let features: tf.Tensor | undefined;
  const variables = variablesOf(model);
  const { grads } = tf.variableGrads(() => {
    features = tf.keep(model.apply(pixels, { training: true }) as tf.Tensor);
    return features.mul(towards).sum();
  }, variables);
  return {
    features: features as tf.Tensor,
    gradients: variables.map(({ name }) => grads[name] as tf.Tensor),
  };
};

const openTrunk = (model: tf.LayersModel, type: ComputeType): NativeTrunk =>
  NativeTrunk.open(
    model.inputs[0] as tf.SymbolicTensor,
    model.outputs[0] as tf.SymbolicTensor,
    type,
  ) as NativeTrunk;

const natively = (
  model: tf.LayersModel,
  type: ComputeType,
  pixels: tf.Tensor4D,
  towards: tf.Tensor2D,
): Step => {
  const pass = openTrunk(model, type).forward(pixels);
  const gradients = pass.backward(towards);
  return {
    features: pass.features,
    gradients: variablesOf(model).map(({ id }) => gradients.get(id) as tf.Tensor),
  };
};

/** The number that the addon gives to a tensor made now, which is deleted at once. */
const nextId = (): number => {
  const { binding } = nativeBackend();
  const id = binding.createTensor([1], NATIVE_TYPES.float32, Float32Array.of(0));
  binding.deleteTensor(id);
  return id;
};

/** Counts what is deleted on the real addon from now on. */
const countDeleted = (): (() => number) => {
  const backend = nativeBackend() as { binding: NativeBinding };
  const { binding } = backend;
  let count = 0;
  const counting = Object.create(binding) as NativeBinding;
  Object.defineProperty(counting, 'deleteTensor', {
    value: (id: number) => {
      count++;
      binding.deleteTensor(id);
    },
  });
  backend.binding = counting;
  return () => {
    backend.binding = binding;
    return count;
  };
};

/** Euclidean distance over the length of the expected vector. */
const relativeDistance = (actual: tf.Tensor, expected: tf.Tensor): number =>
  tf.tidy(() => actual.sub(expected).norm().div(expected.norm()).dataSync()[0] as number);

const cosine = (actual: tf.Tensor, expected: tf.Tensor): number =>
  tf.tidy(() => actual.mul(expected).sum().div(actual.norm().mul(expected.norm())).dataSync()[0] as number);

(isNative ? describe : describe.skip)('a native trunk', () => {
  test('gives the features and the gradients of TensorFlow.js', () => {
    const model = build();
    const [pixels, towards] = [makePixels(), makeTowards()];
    const actual = natively(model, 'float32', pixels, towards);
    const expected = composed(model, pixels, towards);
    expect(relativeDistance(actual.features, expected.features)).toBeLessThan(1e-5);
    for (const [index, gradient] of expected.gradients.entries()) {
      expect(actual.gradients[index]?.shape).toEqual(gradient.shape);
      expect(relativeDistance(actual.gradients[index] as tf.Tensor, gradient)).toBeLessThan(1e-4);
    }
  });

  test('in bfloat16 points the same way, with float32 results', () => {
    const model = build();
    const [pixels, towards] = [makePixels(), makeTowards()];
    const actual = natively(model, 'bfloat16', pixels, towards);
    const expected = composed(model, pixels, towards);
    expect(actual.features.dtype).toBe('float32');
    expect(relativeDistance(actual.features, expected.features)).toBeLessThan(0.02);
    const flat = (step: Step) => tf.concat(step.gradients.map((gradient) => gradient.flatten()));
    expect(cosine(flat(actual), flat(expected))).toBeGreaterThan(0.97);
    expect(actual.gradients.every((gradient) => gradient.dtype === 'float32')).toBe(true);
  });

  test('hands out the statistics of the batch that each normalisation saw', () => {
    const model = build();
    const pixels = makePixels();
    const { statistics } = openTrunk(model, 'float32').forward(pixels);
    const first = model.layers.find((layer) => layer.getClassName() === 'BatchNormalization');
    const convolved = tf
      .model({ inputs: model.inputs, outputs: first?.input as tf.SymbolicTensor })
      .predict(pixels) as tf.Tensor;
    const { mean, variance } = tf.moments(convolved, [0, 1, 2]);
    expect(statistics).toHaveLength(5);
    expect(statistics[0]?.layer).toBe(first);
    expect(relativeDistance(statistics[0]?.mean as tf.Tensor, mean)).toBeLessThan(1e-5);
    expect(relativeDistance(statistics[0]?.variance as tf.Tensor, variance)).toBeLessThan(1e-5);
  });

  test('leaves nothing behind but its results', () => {
    const trunk = openTrunk(build(), 'bfloat16');
    const [pixels, towards] = [makePixels(), makeTowards()];
    const step = () =>
      tf.tidy(() => {
        trunk.forward(pixels).backward(towards);
      });
    step();
    const { numTensors, numDataBuffers } = tf.memory();
    const onBackend = tf.engine().backend.numDataIds();
    // The addon numbers its tensors one after the other: what is alive is what was made less what was deleted.
    const first = nextId();
    const deleted = countDeleted();
    step();
    step();
    const count = deleted();
    expect(count).toBe(nextId() - first - 1);
    expect(count).toBeGreaterThan(100);
    expect(tf.memory()).toMatchObject({ numTensors, numDataBuffers });
    expect(tf.engine().backend.numDataIds()).toBe(onBackend);
    trunk.dispose();
  });

  test.each(['float32', 'bfloat16'] as const)(
    "in %s hands a pool's gradient on once, however many pixels share the maximum",
    (type) => {
      const pixels = tf.input({ shape: [4, 4, 1] });
      const scaled = apply(tf.layers.rescaling({ scale: 1 / 127.5, offset: -1 }), pixels);
      const convolved = apply(
        tf.layers.conv2d({ filters: 1, kernelSize: 1, useBias: false, kernelInitializer: 'ones' }),
        scaled,
      );
      const pooled = apply(tf.layers.maxPooling2d({ poolSize: 2 }), convolved);
      const model = tf.model({
        inputs: pixels,
        outputs: apply(tf.layers.globalAveragePooling2d({}), pooled),
      });
      // An even area: all pixels are equal. The mean over it follows the one weight by the pixels' value, 1.
      const pass = openTrunk(model, type).forward(tf.ones<tf.Rank.R4>([1, 4, 4, 1]).mul(255));
      const gradients = pass.backward(tf.ones([1, 1]));
      const [variable] = variablesOf(model) as [tf.Variable];
      expect(gradients.get(variable.id)?.dataSync()[0]).toBeCloseTo(1, 5);
    },
  );

  test.each([
    ['a layer without native form', tf.layers.conv2d({ filters: 2, kernelSize: 3 })],
    ['a setting without native form', tf.layers.maxPooling2d({ poolSize: 3 })],
  ])('is not made of %s', (_what, layer) => {
    const pixels = tf.input({ shape: [9, 9, 1] });
    const features = apply(tf.layers.globalAveragePooling2d({}), apply(layer, pixels));
    expect(NativeTrunk.open(pixels, features, 'float32')).toBeUndefined();
  });
});
