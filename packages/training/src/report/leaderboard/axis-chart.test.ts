import { findAxis } from '../../tune/axes.ts';
import { parseDomain } from '../../tune/domain.ts';
import type { SpaceAxis } from '../../tune/space.ts';
import { axisChart } from './axis-chart.ts';

const spaceAxis = (name: string, domain: string): SpaceAxis => {
  const [axis, parsed] = [findAxis(name), parseDomain(domain)];
  if (axis === undefined || parsed === undefined) throw new Error('no such axis');
  return { axis, domain: parsed };
};

/** Where the marks stand across, in drawing order. */
const acrossOf = (svg: string): number[] =>
  [...svg.matchAll(/transform="translate\(([\d.]+),[\d.]+\)" d="[^"]*" fill="var\(--first\)"/gu)].map(
    ([, x]) => Number(x),
  );

const draw = async (entry: SpaceAxis, values: readonly number[]): Promise<string> =>
  (
    await axisChart(
      entry,
      values.map((value, index) => ({ value, score: index / 10, isBest: false })),
      '.0%',
    )
  ).text;

test('a logarithmic axis keeps factors apart equally, and sets trials that are off at its left end, named so', async () => {
  const svg = await draw(spaceAxis('weightDecay', '0,1e-5..1e-2:log'), [0, 1e-4, 1e-3, 1e-2]);
  const [off = 0, a = 0, b = 0, c = 0] = acrossOf(svg);
  expect(b - a).toBeCloseTo(c - b, 0);
  expect((a - off) / (b - a)).toBeCloseTo(Math.log10(3), 1);
  expect(svg).toContain('>off<');
  expect(svg).toContain('>0.001<');
});

test('a linear axis shows zero as zero', async () => {
  const svg = await draw(spaceAxis('mixup', '0,0.1,0.2,0.4'), [0, 0.1, 0.4]);
  const [a = 0, b = 0, c = 0] = acrossOf(svg);
  expect((b - a) / (c - a)).toBeCloseTo(0.25, 2);
  expect(svg).not.toContain('>off<');
});

test('trials that all are off have an axis too', async () => {
  expect(acrossOf(await draw(spaceAxis('weightDecay', '0,1e-5..1e-2:log'), [0, 0]))).toHaveLength(2);
});
