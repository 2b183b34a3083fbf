import * as tf from '@tensorflow/tfjs';
import { compareWithTfjs, saveModel, stack } from './agreement.test-support.ts';
import { convertGraphModel } from './convert-graph-model.ts';
import { convertLayersModel } from './convert-layers-model.ts';
import type { OpConverters } from './graph-model/op-call.ts';
import { constant, fed, tinyFiles } from './graph-model.test-support.ts';
import type { LayerConverters } from './layers/layer-call.ts';
import { countOps } from './graph/graph.ts';

/** A layer that people write themselves: it scales its input by a trained number. */
class Gain extends tf.layers.Layer {
  static readonly className = 'Gain';

  override build(): void {
    this.addWeight('gain', [1], 'float32', tf.initializers.ones());
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.mul([inputs].flat()[0] as tf.Tensor, this.weights[0]?.read() as tf.Tensor);
  }
}
tf.serialization.registerClass(Gain);

const gain: LayerConverters = {
  Gain: (call) => call.add('Mul', [call.input, call.constant('gain', call.weight('gain'))]),
};

describe('converters that are given along', () => {
  const model = () => stack([4], [new Gain({ name: 'louder' }), tf.layers.dense({ units: 2 })]);

  test("a layer of one's own is refused by name without one", async () => {
    await expect(convertLayersModel(await saveModel(model()))).rejects.toMatchObject({
      name: 'UnsupportedOpError',
      op: 'Gain',
      node: 'louder',
    });
  });

  test("a layer of one's own is converted with one", async () => {
    const files = { ...(await saveModel(model())), layerConverters: gain };
    const { ops, largestDifference } = await compareWithTfjs(model(), { files });
    expect(ops).toEqual(['Gemm']);
    expect(largestDifference).toBeLessThan(1e-5);
  });

  test("an operation of one's own is converted with one", async () => {
    const operands = { x: fed([3]), two: constant(2, 'float32') };
    const nodes = [{ name: 'node', op: 'Louder', input: ['x', 'two'] }];
    const { files } = tinyFiles({ operands, nodes, outputs: ['node'] });
    await expect(convertGraphModel(files)).rejects.toThrow(
      /Louder \(node "node"\) as there is no ONNX form/u,
    );
    const opConverters: OpConverters = { Louder: (call) => call.add('Mul', call.tensors()) };
    expect([...countOps(await convertGraphModel({ ...files, opConverters })).keys()]).toEqual(['Mul']);
  });
});
