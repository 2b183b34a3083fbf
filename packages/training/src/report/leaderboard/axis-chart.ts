import { isLogarithmic } from '../../tune/domain.ts';
import type { SpaceAxis } from '../../tune/space.ts';
import { CHART_COLOURS, renderChart } from '../charts/render-chart.ts';
import type { Html } from '../html.ts';

/** One trial in the chart of an axis. */
export interface AxisPoint {
  readonly value: number;
  /** Undefined for a trial that broke: it is marked at the foot. */
  readonly score: number | undefined;
  readonly isBest: boolean;
}

const KINDS = ['other', 'best', 'broken'];
const SHAPES = ['circle', 'diamond', 'triangle-down'];
const SIZES = [50, 110, 50];
const COLOURS = [CHART_COLOURS.first, CHART_COLOURS.second, CHART_COLOURS.muted];

/** On a logarithmic axis, zero stands at this share of the smallest other value. */
const ZERO_SHARE = 1 / 3;

const quantitative = 'quantitative' as const;

/** An encoding by what a trial is: best, other or broken. */
const byKind = <T extends 'nominal' | 'ordinal'>(type: T, range: readonly (string | number)[]) => ({
  field: 'kind',
  type,
  legend: null,
  scale: { domain: KINDS, range: [...range] },
});

const powersOfTen = (positive: readonly number[]): number[] => {
  const from = Math.ceil(Math.log10(Math.min(...positive)));
  const to = Math.floor(Math.log10(Math.max(...positive)));
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => 10 ** (from + index));
};

const linearAxis = {
  scale: { zero: false, nice: false, padding: 10 },
  axis: { format: '~g', tickCount: 5, labelFlush: false },
} as const;

/** @param zeroAt where zeros stand; undefined where there are none. */
const logarithmicAxis = (positive: readonly number[], zeroAt: number | undefined) => {
  const scale = { type: 'log' as const, nice: false, padding: 10 };
  if (zeroAt === undefined) return { scale, axis: { format: '~g', tickCount: 5, labelFlush: false } };
  const labelExpr = `datum.value < ${(zeroAt / ZERO_SHARE) * 0.9} ? 'off' : format(datum.value, '~g')`;
  return {
    scale: { ...scale, domainMin: zeroAt },
    axis: { labelExpr, values: [zeroAt, ...powersOfTen(positive)], labelFlush: false },
  };
};

/**
 * Draws the score of each trial against its value on one axis. On a logarithmic axis, trials for which it is off (0)
 * stand at the left end.
 *
 * @param format of the scores, in d3-format's language.
 */
export const axisChart = (
  { axis, domain }: SpaceAxis,
  points: readonly AxisPoint[],
  format: string,
): Promise<Html> => {
  const positive = points.map(({ value }) => value).filter((value) => value > 0);
  const isLog = isLogarithmic(domain) && positive.length > 0;
  const zeroAt = isLog && positive.length < points.length ? Math.min(...positive) * ZERO_SHARE : undefined;
  const foot = Math.min(...points.flatMap(({ score }) => score ?? []));
  const values = points.map(({ value, score, isBest }) => ({
    value: zeroAt === undefined ? value : Math.max(value, zeroAt),
    score: score ?? foot,
    kind: score === undefined ? 'broken' : isBest ? 'best' : 'other',
  }));
  return renderChart(
    {
      width: 480,
      height: 200,
      autosize: { type: 'fit', contains: 'padding' },
      data: { values },
      mark: { type: 'point', filled: true, opacity: 0.9, strokeWidth: 1.5 },
      encoding: {
        x: {
          field: 'value',
          type: quantitative,
          title: null,
          ...(isLog ? logarithmicAxis(positive, zeroAt) : linearAxis),
        },
        y: {
          field: 'score',
          type: quantitative,
          title: null,
          scale: { zero: false, nice: true },
          axis: { format, tickCount: 5 },
        },
        shape: byKind('nominal', SHAPES),
        size: byKind('ordinal', SIZES),
        color: byKind('nominal', COLOURS),
      },
    },
    `Score of ${points.length} trials by ${axis.name}.`,
  );
};
