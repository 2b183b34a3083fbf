import * as tf from '@tensorflow/tfjs';
import { apply, randomizeWeights, saveModel } from './agreement.test-support.ts';
import { convert } from './convert.ts';
import { convertModel } from './convert-model.ts';
import { fed, tinyFiles } from './graph-model.test-support.ts';
import { UnsupportedOpError } from './layers/layer-call.ts';
import { NotATfjsModelError } from './read/model-files.ts';
import { verifyModel } from './verify/verify-model.ts';
import { writeOnnx } from './write/write-onnx.ts';

/** A network for images of any size. */
const openModel = (end: tf.layers.Layer): tf.LayersModel => {
  const input = tf.input({ shape: [null, null, 3], name: 'pixels' });
  const first = apply(tf.layers.conv2d({ filters: 4, kernelSize: 3, strides: 2, padding: 'same' }), input);
  const normal = apply(tf.layers.batchNormalization({}), first);
  return randomizeWeights(tf.model({ inputs: input, outputs: apply(end, normal) }));
};

describe('convert', () => {
  test('tells GraphModels and LayersModels apart by their files', async () => {
    const { files } = tinyFiles({
      operands: { x: fed([2, 3]) },
      nodes: [{ name: 'y', op: 'Neg', input: ['x'] }],
      outputs: ['y'],
    });
    expect((await convertModel(files)).kind).toBe('graph-model');
    const layers = await saveModel(openModel(tf.layers.globalAveragePooling2d({})));
    expect((await convertModel(layers)).kind).toBe('layers-model');
    expect(() => convert({ modelJson: {}, weights: {} })).toThrow(NotATfjsModelError);
  });

  test('leaves sizes of LayersModels open, or fixes them as told', async () => {
    const files = await saveModel(openModel(tf.layers.globalAveragePooling2d({})));
    const { graph } = await convertModel(files);
    expect(graph.inputs[0]?.value.shape).toEqual(['N', 'H', 'W', 3]);
    expect(await verifyModel({ files, graph, onnx: writeOnnx(graph) })).toHaveLength(2);
    const fixed = await convert({ ...files, inputShapes: { pixels: [-1, 8, 9, 3] } });
    expect(fixed.inputs[0]?.value.shape).toEqual(['N', 8, 9, 3]);
  });

  test('turns images channels first where asked', async () => {
    const files = await saveModel(openModel(tf.layers.globalAveragePooling2d({})));
    const graph = await convert({ ...files, imageLayout: 'channels-first' });
    expect(graph.inputs[0]?.value.shape).toEqual(['N', 3, 'H', 'W']);
  });

  test('refuses layers that need to know a size that is open', async () => {
    const conversion = convert(
      await saveModel(
        openModel(tf.layers.conv2d({ filters: 2, kernelSize: 2, strides: 3, padding: 'same' })),
      ),
    );
    await expect(conversion).rejects.toThrow(UnsupportedOpError);
    await expect(conversion).rejects.toThrow(/need a known size/u);
  });
});
