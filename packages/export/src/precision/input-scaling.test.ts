import { largestDifference } from '@mien/contract';
import { int, ints, type Graph, type GraphNode, type Value } from '../graph/graph.ts';
import { graphOf, opsOf, randomConstant } from '../passes/passes.test-support.ts';
import { runOnnxOutputs } from '../verify/run-onnx.ts';
import { writeOnnx } from '../write/write-onnx.ts';
import { batchOf, extremesOf, randomImages, runGraph } from './precision.test-support.ts';
import { quantizeGraph } from './quantize-graph.ts';

/** A graph that scales pixels and convolves them. */
const scaled = (scale: number, shift: number, pad: number): Graph =>
  graphOf(['N', 1, 10, 10], (builder, x) => {
    const mul = builder.add('Mul', 'scale', [x, builder.scalar('scale', scale)]);
    const add = shift === 0 ? mul : builder.add('Add', 'shift', [mul, builder.scalar('shift', shift)]);
    return builder.add('Conv', 'conv', [add, randomConstant(builder, 'k', [3, 1, 3, 3])], {
      dilations: ints([1, 1]),
      group: int(1),
      kernel_shape: ints([3, 3]),
      pads: ints([pad, pad, pad, pad]),
      strides: ints([1, 1]),
    });
  });

const quantize = async (
  graph: Graph,
  range = { min: 0, max: 255 },
): Promise<{ quantized: Graph; error: number }> => {
  const pixels = randomImages(graph, 6, 'pixels');
  const data = pixels.data.map((pixel) => range.min + (pixel / 255) * (range.max - range.min));
  const images = { ...pixels, data };
  const extremes = new Map([...(await extremesOf(graph, images)), ['x', range]]);
  const quantized = quantizeGraph(graph, extremes);
  const [expected, actual] = [await runGraph(graph, images), await runGraph(quantized, images)];
  return { quantized, error: largestDifference(expected.data, actual.data) };
};

describe('the scaling of pixels', () => {
  test.each([
    [1 / 255, 0],
    [1 / 127.5, -1],
    [1 / 128, -1],
    [2, -100],
  ])('· %p, then + %p, goes into the way bytes are read', async (scale, shift) => {
    const { quantized, error } = await quantize(scaled(scale, shift, 0));
    expect(opsOf(quantized)).not.toMatch(/Mul|Add/u);
    const [quantizeLinear] = quantized.nodes;
    expect(quantizeLinear?.op).toBe('QuantizeLinear');
    const [, step, zeroPoint] = quantizeLinear?.inputs ?? [];
    expect([...(step?.constant?.tensor.data ?? [])]).toEqual([1]);
    expect([...(zeroPoint?.constant?.tensor.data ?? [])]).toEqual([0]);
    // What is left is the rounding of weights and results; that of pixels is none.
    expect(error / (255 * scale)).toBeLessThan(0.03);
  });

  test.each([
    ['0..1', { min: 0, max: 1 }, 2, -1, 0.03],
    // 0 lies between two bytes here, so that every pixel is off by half a gray level.
    ['-1..1', { min: -1, max: 1 }, 127.5, 127.5, 0.05],
  ])('goes into the way bytes are read where inputs are in %s', async (_, range, scale, shift, most) => {
    const { quantized, error } = await quantize(scaled(scale, shift, 0), range);
    expect(opsOf(quantized)).not.toMatch(/Mul|Add/u);
    expect(error / ((range.max - range.min) * scale)).toBeLessThan(most);
  });

  test('goes there as division and subtraction, too', async () => {
    const convolution = scaled(1, 0, 0).nodes.at(-1) as GraphNode;
    const graph = graphOf(['N', 1, 10, 10], (builder, x) => {
      const divided = builder.add('Div', 'scale', [x, builder.scalar('scale', 127.5)]);
      const shifted = builder.add('Sub', 'shift', [divided, builder.scalar('shift', 1)]);
      return builder.add('Conv', 'conv', [shifted, convolution.inputs[1] as Value], convolution.attributes);
    });
    const { quantized, error } = await quantize(graph);
    expect(opsOf(quantized)).not.toMatch(/Div|Sub/u);
    expect(error).toBeLessThan(0.06);
  });

  test('costs padded pixels half a gray level at most, where no byte means 0', async () => {
    const { error } = await quantize(scaled(1 / 127.5, -1, 1));
    const inside = await quantize(scaled(1 / 127.5, -1, 0));
    expect(error).toBeLessThan(inside.error + (9 * 3 * 0.5) / 127.5);
  });

  test.each([
    ['pixels are turned around', -1 / 255, 1],
    ['no byte is near 0', 1 / 255, 0.5],
  ])('stays in the graph where %s', async (_, scale, shift) => {
    const { quantized, error } = await quantize(scaled(scale, shift, 0));
    expect(opsOf(quantized)).toContain('Mul');
    expect(error).toBeLessThan(0.06);
  });

  test('stays where something else reads the scaled pixels', async () => {
    const graph = graphOf(['N', 4], (builder, x) => {
      const mul = builder.add('Mul', 'scale', [x, builder.scalar('scale', 1 / 255)]);
      const dense = builder.add('MatMul', 'dense', [mul, randomConstant(builder, 'k', [4, 4])]);
      return builder.add('Add', 'add', [dense, mul]);
    });
    const images = randomImages(graph, 5, 'pixels');
    const quantized = quantizeGraph(graph, await extremesOf(graph, images));
    expect(opsOf(quantized)).toContain('Mul');
    const [expected, actual] = [await runGraph(graph, images), await runGraph(quantized, images)];
    expect(largestDifference(expected.data, actual.data)).toBeLessThan(0.05);
  });

  test('stays where the scaled pixels are an output', async () => {
    const alone = scaled(1 / 255, 0, 0);
    const pixels = alone.nodes[0]?.output as Value;
    const graph = { ...alone, outputs: [...alone.outputs, { name: 'pixels', value: pixels }] };
    const quantized = quantizeGraph(graph, await extremesOf(graph, randomImages(graph, 3, 'pixels')));
    expect(opsOf(quantized)).toContain('Mul');
    const feeds = { x: batchOf(randomImages(graph, 2, 'pixels')) };
    expect(Object.keys(await runOnnxOutputs(writeOnnx(quantized), feeds))).toEqual(['y', 'pixels']);
  });
});
