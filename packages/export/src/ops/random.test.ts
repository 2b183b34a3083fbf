import { InferenceSession } from 'onnxruntime-node';
import { convertGraphModel } from '../convert-graph-model.ts';
import {
  attribute,
  compareTiny,
  constant,
  fed,
  tinyFiles,
  type TinyModel,
} from '../graph-model.test-support.ts';
import { writeOnnx } from '../write/write-onnx.ts';

const { float, type } = attribute;

const drawn = async (model: TinyModel): Promise<{ dims: readonly number[]; values: readonly number[] }> => {
  const session = await InferenceSession.create(writeOnnx(await convertGraphModel(tinyFiles(model).files)));
  const output = (await session.run({}))['node'];
  await session.release();
  return { dims: output?.dims ?? [], values: Array.from(output?.data as Float32Array) };
};

// No two runtimes draw the same numbers, so what can be held against each other is where they lie.
describe('random numbers', () => {
  test('RandomUniform draws from its range', async () => {
    const attr = { minval: float(2), maxval: float(3), dtype: type('DT_FLOAT') };
    const nodes = [{ name: 'node', op: 'RandomUniform', input: ['shape'], attr }];
    const { dims, values } = await drawn({
      operands: { shape: constant([50, 4]) },
      nodes,
      outputs: ['node'],
    });
    expect(dims).toEqual([50, 4]);
    expect(values.every((value) => value >= 2 && value < 3)).toBe(true);
    expect(new Set(values).size).toBeGreaterThan(100);
  });

  test('RandomStandardNormal draws around zero', async () => {
    const nodes = [
      { name: 'node', op: 'RandomStandardNormal', input: ['shape'], attr: { dtype: type('DT_FLOAT') } },
    ];
    const { values } = await drawn({ operands: { shape: constant([4000]) }, nodes, outputs: ['node'] });
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(Math.abs(mean)).toBeLessThan(0.1);
  });
});

describe('placeholders with a default', () => {
  test('are the default where the signature does not list them', async () => {
    const nodes = [
      { name: 'default', op: 'PlaceholderWithDefault', input: ['two'], attr: { dtype: type('DT_FLOAT') } },
      { name: 'node', op: 'Mul', input: ['x', 'default'] },
    ];
    const { verdict, graph } = await compareTiny({
      operands: { x: fed([2, 3]), two: constant(2, 'float32') },
      nodes,
      outputs: ['node'],
    });
    expect({ verdict, inputs: graph.inputs.map(({ name }) => name) }).toEqual({
      verdict: 'same',
      inputs: ['x'],
    });
  });
});
