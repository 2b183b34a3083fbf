import { graphOf } from '../passes/passes.test-support.ts';
import type { Shape } from '../graph/shape.ts';
import type { DataType } from '../graph/tensor.ts';
import { observeExtremes } from './observe-values.ts';
import { runSamples } from './run-samples.ts';
import { samplesFrom, samplesOf } from './samples.ts';
import { GraphBuilder } from '../graph/graph-builder.ts';
import { writeOnnx } from '../write/write-onnx.ts';

const images = (count: number, shape: readonly number[]) => ({
  count,
  shape,
  data: Float32Array.from(
    { length: count * shape.reduce((size, dim) => size * dim, 1) },
    (_, index) => index,
  ),
});

const input = (shape: Shape, dtype: DataType = 'float32') => ({ name: 'x', value: { dtype, shape } });

describe('samplesOf', () => {
  test.each([
    ['small ones 16 at a time', ['N', 2], 40, [2], [16, 16, 8]],
    ['large ones fewer at a time', ['N', 1024, 512], 9, [1024, 512], [4, 4, 1]],
    ['as many as a graph takes', [1, 2], 3, [2], [1, 1, 1]],
  ])('gives %s', (_, shape, count, size, batches) => {
    const { portions } = samplesOf(images(count, size), input(shape));
    // Twice, as portions are read more than once.
    for (let round = 0; round < 2; round++) {
      expect([...portions].map(({ x }) => x?.shape[0])).toEqual(batches);
    }
  });

  test('takes the first by itself, in the type of the input', () => {
    const { one, count } = samplesOf(images(5, [2]), input(['N', 2], 'int32'));
    expect(count).toBe(5);
    expect(one['x']).toMatchObject({ dtype: 'int32', shape: [1, 2] });
  });
});

describe('runSamples', () => {
  test('keeps outputs of floats that have one size, and runs several inputs', async () => {
    const builder = new GraphBuilder('test');
    const x = builder.input('x', ['N', 2]);
    const sum = builder.add('Add', 'sum', [x, builder.input('y', ['N', 2])]);
    builder.output('sum', sum);
    builder.output('where', builder.add('NonZero', 'where', [x]));
    const array = (...data: number[]) => ({ dtype: 'float32' as const, data, shape: [1, 2] });
    const samples = samplesFrom([
      { x: array(1, 2), y: array(3, 4) },
      { x: array(0, 2), y: array(5, 6) },
    ]);
    const outputs = await runSamples(writeOnnx(builder.build()), samples);
    expect([...outputs.keys()]).toEqual(['sum']);
    expect([...(outputs.get('sum')?.data ?? [])]).toEqual([4, 6, 5, 8]);
  });
});

describe('observeExtremes', () => {
  test('sees numbers without bounds as such', async () => {
    const graph = graphOf(['N', 2], (builder, x) => builder.add('Log', 'log', [x]));
    const extremes = await observeExtremes(graph, samplesOf(images(2, [2]), input(['N', 2])).portions);
    expect(extremes.get('y')).toEqual({ min: -Infinity, max: Math.fround(Math.log(3)) });
  });
});
