import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import * as tf from '@tensorflow/tfjs';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InferenceSession } from 'onnxruntime-node';
import { saveModel, stack } from '../agreement.test-support.ts';
import { convertLayersModel } from '../convert-layers-model.ts';
import {
  AttributeProto_AttributeType as AttributeType,
  AttributeProtoSchema,
  ModelProtoSchema,
} from '../gen/onnx_pb.ts';
import { GraphBuilder } from '../graph/graph-builder.ts';
import { floatTensor } from '../graph/tensor.ts';
import { optimizeGraph } from '../passes/optimize-graph.ts';
import type { ModelFiles } from '../read/model-files.ts';
import { runOnnx } from '../verify/run-onnx.ts';
import { IR_VERSION, OPSET, PRODUCER, writeOnnx } from './write-onnx.ts';

const files = async (): Promise<ModelFiles> =>
  saveModel(
    stack(
      [8, 8, 1],
      [
        tf.layers.conv2d({ filters: 3, kernelSize: 3, activation: 'relu', name: 'features' }),
        tf.layers.flatten(),
        tf.layers.dense({ units: 4, activation: 'softmax' }),
      ],
    ),
  );

const convert = async (model: ModelFiles): Promise<Uint8Array> =>
  writeOnnx(optimizeGraph(await convertLayersModel(model)), { labels: '["a"]', card: '{}' });

/** Lets onnxruntime, whose protobuf is Google's, write the graph again after its own optimisations. */
const rewriteByOnnxRuntime = async (bytes: Uint8Array): Promise<Uint8Array> => {
  const folder = await mkdtemp(join(tmpdir(), 'mien-onnx-'));
  try {
    const optimizedModelFilePath = join(folder, 'model.onnx');
    const options = { optimizedModelFilePath, graphOptimizationLevel: 'basic', logSeverityLevel: 3 } as const;
    await (await InferenceSession.create(bytes, options)).release();
    return await readFile(optimizedModelFilePath);
  } finally {
    await rm(folder, { recursive: true });
  }
};

describe('writeOnnx', () => {
  test('writes the same bytes for the same model, however often it is converted', async () => {
    const model = await files();
    const [first, second] = [await convert(model), await convert(model)];
    const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
    expect(hash(first)).toBe(hash(second));
  });

  test('says what the file is: versions, producer, metadata, symbolic batch', async () => {
    const model = fromBinary(ModelProtoSchema, await convert(await files()));
    expect(Number(model.irVersion)).toBe(IR_VERSION);
    expect(model.opsetImport.map(({ domain, version }) => [domain, Number(version)])).toEqual([['', OPSET]]);
    expect([model.producerName, model.producerVersion]).toEqual([PRODUCER.name, PRODUCER.version]);
    expect(model.metadataProps.map(({ key, value }) => [key, value])).toEqual([
      ['labels', '["a"]'],
      ['card', '{}'],
    ]);
    const [input] = model.graph?.input ?? [];
    expect(input?.type?.value.value).toMatchObject({
      shape: { dim: [{ value: { value: 'N' } }, { value: { value: 1n } }, { value: { value: 8n } }, {}] },
    });
    expect(model.graph?.node.map((node) => node.name)).toContain('features/Conv');
  });

  test('gives the version of its own package as producer', async () => {
    const { version } = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'));
    expect(PRODUCER.version).toBe(version);
  });

  test('gives every value a shape that onnxruntime agrees with', async () => {
    const bytes = await convert(await files());
    const session = await InferenceSession.create(bytes, { logSeverityLevel: 3 });
    expect(session.inputMetadata.map((input) => (input.isTensor ? input.shape : []))).toEqual([
      ['N', 1, 8, 8],
    ]);
    expect(session.outputMetadata.map((output) => (output.isTensor ? output.shape : []))).toEqual([['N', 4]]);
    await session.release();
  });

  test('keeps names apart, shares equal constants, and copies inputs and constants that are outputs', async () => {
    const builder = new GraphBuilder('test');
    const x = builder.input('x', ['N', 2]);
    const ones = () => builder.constant('one', floatTensor([2], [1, 1]));
    const sum = builder.add('Add', 'x', [builder.add('Add', 'x', [x, ones()]), ones()]);
    builder.output('first', sum);
    builder.output('second', sum);
    builder.output('third', x);
    const bytes = writeOnnx(builder.build());
    const { graph } = fromBinary(ModelProtoSchema, bytes);
    expect(graph?.initializer.map(({ name }) => name)).toEqual(['one']);
    expect(graph?.node.map(({ name }) => name)).toEqual([
      'x/Add',
      'x/Add_2',
      'second/Identity',
      'third/Identity',
    ]);
    const result = await runOnnx(bytes, { x: { data: Float32Array.of(3, 4), shape: [1, 2] } });
    expect([...result.data]).toEqual([5, 6]);
  });

  test('writes the protobuf wire format as the specification has it', () => {
    // Field 1 (name) "alpha", field 2 (f) 0.5, field 20 (type) FLOAT, by hand.
    const bytes = [0x0a, 5, ...Buffer.from('alpha'), 0x15, 0, 0, 0, 0x3f, 0xa0, 0x01, 1];
    const message = create(AttributeProtoSchema, { name: 'alpha', type: AttributeType.FLOAT, f: 0.5 });
    expect([...toBinary(AttributeProtoSchema, message)]).toEqual(bytes);
  });

  test('reads a file by another writer and writes it back byte for byte', async () => {
    const foreign = await rewriteByOnnxRuntime(await convert(await files()));
    const copy = toBinary(ModelProtoSchema, fromBinary(ModelProtoSchema, foreign));
    expect(Buffer.compare(copy, foreign)).toBe(0);
  });
});
