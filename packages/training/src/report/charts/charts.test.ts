import type { ReliabilityBin } from '../../evaluate/calibration-error.ts';
import { classScoresChart } from './class-scores-chart.ts';
import { curveChart } from './curve-chart.ts';
import { reliabilityChart } from './reliability-chart.ts';

/** Bars that Vega draws as `M x,y h width v height`, in drawing order. */
const barsOf = (svg: string): { widthPx: number; heightPx: number }[] =>
  [...svg.matchAll(/d="M[-\d.]+,[-\d.]+h([-\d.]+)v([-\d.]+)h[-\d.]+Z" (?:fill|stroke)="var\(--first/gu)].map(
    ([, width, height]) => ({ widthPx: Math.abs(Number(width)), heightPx: Math.abs(Number(height)) }),
  );

/** Vertices of the lines, in drawing order. */
const linesOf = (svg: string): [x: number, y: number][][] =>
  [...svg.matchAll(/<path d="(M[^"]*L[^"]*)" stroke="var/gu)].map(([, path]) =>
    [...(path as string).matchAll(/[ML]([-\d.]+),([-\d.]+)/gu)].map(([, x, y]) => [Number(x), Number(y)]),
  );

describe('curveChart', () => {
  const draw = async (values: number[]) =>
    (
      await curveChart({
        epochs: values.map((_, index) => index + 1),
        curves: [{ name: 'loss', values, style: 'first' }],
        format: '.1f',
        description: 'Loss "by" epoch',
      })
    ).text;

  test('puts the points where their values are', async () => {
    const [line] = linesOf(await draw([4, 2, 1, 3]));
    const [a, b, c, d] = line as [number, number][] as [
      [number, number],
      [number, number],
      [number, number],
      [number, number],
    ];
    expect(b[0] - a[0]).toBeCloseTo(d[0] - c[0], 0);
    expect((c[1] - b[1]) / (b[1] - a[1])).toBeCloseTo(1 / 2, 2);
    expect(d[1]).toBeLessThan(c[1]);
  });

  test('leaves a gap for a value that is no number', async () => {
    const svg = await draw([4, NaN, 1, 3]);
    expect(svg).not.toContain('NaN');
    expect(linesOf(svg).flat().length).toBeLessThan(4);
  });

  test('says in words what it shows', async () => {
    expect(await draw([1, 2])).toMatch(/^<svg\s+role="img"\s+aria-label="Loss &quot;by&quot; epoch"/u);
  });

  test('draws a single epoch as a point', async () => {
    expect(await draw([0.5])).toContain('fill="var(--first)"');
  });
});

describe('classScoresChart', () => {
  test('draws bars as long as F1', async () => {
    const scores = [0.25, 0.5, 1].map((f1, index) => ({
      label: `class ${index}`,
      support: 4,
      precision: f1,
      recall: f1,
      f1,
    }));
    const [quarter, half, whole] = barsOf((await classScoresChart(scores, 'F1')).text);
    expect((half?.widthPx ?? 0) / (whole?.widthPx ?? 0)).toBeCloseTo(0.5, 2);
    expect((quarter?.widthPx ?? 0) / (whole?.widthPx ?? 0)).toBeCloseTo(0.25, 2);
  });
});

describe('reliabilityChart', () => {
  test('draws a bar for each bin that has samples, as high as its accuracy', async () => {
    const bin = (index: number, count: number, accuracy: number): ReliabilityBin => ({
      lower: index / 15,
      upper: (index + 1) / 15,
      count,
      confidence: (index + 0.5) / 15,
      accuracy,
    });
    const bars = barsOf((await reliabilityChart([bin(3, 5, 0.2), bin(7, 0, 0), bin(14, 5, 0.8)], 'R')).text);
    expect(bars).toHaveLength(2);
    expect((bars[1]?.heightPx ?? 0) / (bars[0]?.heightPx ?? 1)).toBeCloseTo(4, 1);
  });
});
