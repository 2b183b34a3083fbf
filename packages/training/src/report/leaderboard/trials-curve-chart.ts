import { CHART_COLOURS, renderChart } from '../charts/render-chart.ts';
import type { Html } from '../html.ts';

/** The learning curve of a trial. */
export interface TrialCurve {
  readonly trial: number;
  /** One value for each epoch. */
  readonly values: readonly number[];
  readonly isBest: boolean;
}

/** Draws the learning curves of all trials over one another, the best one set off. */
export const trialsCurveChart = (
  curves: readonly TrialCurve[],
  format: string,
  description: string,
): Promise<Html> => {
  const values = curves.flatMap(({ trial, values: points, isBest }) =>
    points.map((value, index) => ({ trial, epoch: index + 1, value, kind: isBest ? 'best' : 'other' })),
  );
  const kinds = ['other', 'best'];
  const styled = (range: readonly (string | number)[]) => ({
    field: 'kind',
    type: 'ordinal' as const,
    legend: null,
    scale: { domain: kinds, range: [...range] },
  });
  return renderChart(
    {
      width: 860,
      height: 300,
      autosize: { type: 'fit', contains: 'padding' },
      data: { values },
      encoding: {
        x: {
          field: 'epoch',
          type: 'quantitative',
          title: 'epoch',
          scale: { nice: false, zero: false },
          axis: { format: 'd', tickMinStep: 1, labelFlush: false },
        },
        y: {
          field: 'value',
          type: 'quantitative',
          title: null,
          scale: { zero: false, nice: true },
          axis: { format, tickCount: 5 },
        },
        detail: { field: 'trial', type: 'nominal' },
        color: styled([CHART_COLOURS.first, CHART_COLOURS.second]),
        opacity: styled([0.55, 1]),
      },
      layer: [
        {
          mark: { type: 'line', strokeJoin: 'round', strokeCap: 'round' },
          encoding: { strokeWidth: styled([1.5, 3]) },
        },
        { mark: { type: 'circle', size: 24 } },
      ],
    },
    description,
  );
};
