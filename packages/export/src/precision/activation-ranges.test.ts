import { int } from '../graph/graph.ts';
import { graphOf, randomConstant } from '../passes/passes.test-support.ts';
import { writeOnnx } from '../write/write-onnx.ts';
import {
  fitRanges,
  formatActivationRanges,
  InvalidRangesError,
  parseActivationRanges,
  RangesMismatchError,
  toRanges,
  type ActivationRanges,
} from './activation-ranges.ts';
import { extremesOf, randomImages } from './precision.test-support.ts';
import { quantizeGraph } from './quantize-graph.ts';

const classifier = graphOf(['N', 8], (builder, x) => {
  const hidden = builder.add('Gemm', 'hidden', [x, randomConstant(builder, 'k', [8, 6])]);
  const active = builder.add('Relu', 'hidden', [hidden]);
  const logits = builder.add('Gemm', 'logits', [active, randomConstant(builder, 'l', [6, 3])]);
  return builder.add('Softmax', 'logits', [logits], { axis: int(1) });
});

const rangesOf = async (): Promise<ActivationRanges> => ({
  schemaVersion: 1,
  method: 'min-max',
  images: 20,
  inFloat: ['logits/Gemm'],
  ranges: toRanges(await extremesOf(classifier, randomImages(classifier, 20))),
});

const quantizedBytes = (ranges: ActivationRanges): Uint8Array => {
  const { extremes, inFloat } = fitRanges(classifier, ranges);
  return writeOnnx(quantizeGraph(classifier, extremes, inFloat));
};

describe('activation ranges', () => {
  test('are the same after writing and reading, and make the same bytes', async () => {
    const ranges = await rangesOf();
    const text = formatActivationRanges(ranges);
    const again = parseActivationRanges(text, 'ranges.json');
    expect(again).toEqual(ranges);
    expect(formatActivationRanges(again)).toBe(text);
    expect(Buffer.compare(quantizedBytes(again), quantizedBytes(ranges))).toBe(0);
  });

  test('say null of a value without bounds, which then stays in float', async () => {
    const ranges = await rangesOf();
    const extremes = new Map(await extremesOf(classifier, randomImages(classifier, 20)));
    const unbounded = { ...ranges, ranges: toRanges(extremes.set('hidden/Relu', { min: 0, max: Infinity })) };
    const text = formatActivationRanges(unbounded);
    expect(text).toContain('"hidden/Relu": null');
    const fitted = fitRanges(classifier, parseActivationRanges(text, 'ranges.json'));
    expect(fitted.extremes.has('hidden/Relu')).toBe(false);
    expect(fitted.extremes.has('hidden/Gemm')).toBe(true);
  });

  test('stand one value a line, under the names of the file', async () => {
    const lines = formatActivationRanges(await rangesOf()).split('\n');
    expect(lines).toContainEqual(expect.stringMatching(/^ {4}"hidden\/Relu": \[0, \d+\.\d+\],$/u));
    expect(lines).toContain('  "ranges": {');
  });

  test.each([
    ['no JSON', '{"ranges": ', /not JSON/u],
    ['a list', '[]', /not an object/u],
    ['another version', '{"schemaVersion": 2}', /schemaVersion is 2/u],
    ['no method', '{"schemaVersion": 1, "images": 3}', /method/u],
    [
      'nodes that are no names',
      '{"schemaVersion": 1, "method": "", "images": 3, "inFloat": [1]}',
      /inFloat/u,
    ],
    ['no ranges', '{"schemaVersion": 1, "method": "", "images": 3, "inFloat": []}', /ranges is missing/u],
    [
      'a range that is upside down',
      '{"schemaVersion": 1, "method": "", "images": 3, "inFloat": [], "ranges": {"x": [1, 0]}}',
      /"x" is \[1,0\]/u,
    ],
  ])('are refused where the file holds %s', (_, text, reason) => {
    expect(() => parseActivationRanges(text, 'ranges.json')).toThrow(InvalidRangesError);
    expect(() => parseActivationRanges(text, 'ranges.json')).toThrow(reason);
    expect(() => parseActivationRanges(text, 'ranges.json')).toThrow(/^ranges\.json/u);
  });

  test('are refused where they name no value or node of the graph, or leave a value out', async () => {
    const ranges = await rangesOf();
    const renamed = Object.fromEntries(
      Object.entries(ranges.ranges).map(([name, range]) => [name.replace('hidden', 'other'), range]),
    );
    expect(() => fitRanges(classifier, { ...ranges, ranges: renamed })).toThrow(RangesMismatchError);
    expect(() => fitRanges(classifier, { ...ranges, ranges: renamed })).toThrow(
      /2 of them name no value of it, e\.g\. "other\/Gemm", and it has 2 values without one, e\.g\. "hidden\/Gemm"/u,
    );
    expect(() => fitRanges(classifier, { ...ranges, inFloat: ['stem/Conv'] })).toThrow(/"stem\/Conv"/u);
  });
});
