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

const { float, int, type } = attribute;

const drawn = async (model: TinyModel): Promise<{ dims: readonly number[]; values: readonly number[] }> => {
  const session = await InferenceSession.create(writeOnnx(await convertGraphModel(tinyFiles(model).files)));
  const output = (await session.run({}))['node'];
  await session.release();
  return { dims: output?.dims ?? [], values: Array.from(output?.data as Float32Array, Number) };
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

const shareOf = (values: readonly number[], isOne: (value: number) => boolean): number =>
  values.filter(isOne).length / values.length;

describe('numbers of other distributions', () => {
  test('TruncatedNormal draws as often below each bound as the cut normal distribution does', async () => {
    const attr = { means: float(3), stddev: float(0.5), dtype: type('DT_FLOAT') };
    const nodes = [{ name: 'node', op: 'TruncatedNormal', input: ['shape'], attr }];
    const { dims, values } = await drawn({
      operands: { shape: constant([200, 100]) },
      nodes,
      outputs: ['node'],
    });
    expect(dims).toEqual([200, 100]);
    expect(Math.min(...values)).toBeGreaterThan(2);
    expect(Math.max(...values)).toBeLessThan(4);
    // Normal distribution function at -1.5, -1, -0.5, 0, 1, cut at two deviations and scaled to one.
    const within = 0.9544997361;
    for (const [bound, below] of [
      [-1.5, 0.0668072],
      [-1, 0.1586553],
      [-0.5, 0.3085375],
      [0, 0.5],
      [1, 0.8413447],
    ] as const) {
      const expected = (below - 0.0227501) / within;
      expect(Math.abs(shareOf(values, (value) => value < 3 + 0.5 * bound) - expected)).toBeLessThan(0.015);
    }
  });

  test('RandomUniformInt draws every whole number of its range equally often', async () => {
    const attr = { minval: int(2), maxval: int(6) };
    const nodes = [{ name: 'node', op: 'RandomUniformInt', input: ['shape'], attr }];
    const { values } = await drawn({ operands: { shape: constant([8000]) }, nodes, outputs: ['node'] });
    expect(new Set(values)).toEqual(new Set([2, 3, 4, 5]));
    for (const number of [2, 3, 4, 5])
      expect(Math.abs(shareOf(values, (value) => value === number) - 0.25)).toBeLessThan(0.03);
  });

  test('RandomUniformInt is refused where its range is an input, which tfjs takes no notice of', async () => {
    const nodes = [{ name: 'node', op: 'RandomUniformInt', input: ['shape', 'low', 'high'] }];
    const operands = { shape: constant([4]), low: constant(0), high: constant(9) };
    const { files } = tinyFiles({ operands, nodes, outputs: ['node'] });
    await expect(convertGraphModel(files)).rejects.toThrow(/range is an input/u);
  });

  test('Multinomial draws classes as often as their logits say', async () => {
    const chances = [0.5, 0.3, 0.2];
    const logits = constant([...chances, 0.1, 0.1, 0.8].map(Math.log), 'float32', [2, 3]);
    const nodes = [{ name: 'node', op: 'Multinomial', input: ['logits', 'count'], attr: {} }];
    const operands = { logits, count: constant(6000) };
    const { dims, values } = await drawn({ operands, nodes, outputs: ['node'] });
    expect(dims).toEqual([2, 6000]);
    for (const [label, chance] of chances.entries())
      expect(Math.abs(shareOf(values.slice(0, 6000), (value) => value === label) - chance)).toBeLessThan(
        0.03,
      );
    expect(Math.abs(shareOf(values.slice(6000), (value) => value === 2) - 0.8)).toBeLessThan(0.03);
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
