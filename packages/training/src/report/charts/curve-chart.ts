import type { Html } from '../html.ts';
import { CHART_COLOURS, renderChart } from './render-chart.ts';

/** One line over the epochs. */
export interface Curve {
  readonly name: string;
  /** One value per epoch. */
  readonly values: readonly number[];
  /** The second line of a chart is dashed, so that the two differ without colour. */
  readonly style: 'first' | 'second';
}

/** So few points are marked, as lines alone would not show them. */
const MARKED_POINTS = 20;

/**
 * Draws one or two curves over the epochs of a training run.
 *
 * @param params.format of the vertical axis, in d3-format's language, e.g. `.0%`.
 */
export const curveChart = (params: {
  readonly epochs: readonly number[];
  readonly curves: readonly Curve[];
  readonly format: string;
  readonly zero?: boolean;
  readonly description: string;
}): Promise<Html> => {
  const { epochs, curves, format, zero = false, description } = params;
  const values = curves.flatMap(({ name, values }) =>
    values.map((value, index) => ({
      name,
      epoch: epochs[index],
      value: Number.isFinite(value) ? value : null,
    })),
  );
  const names = curves.map(({ name }) => name);
  const colours = curves.map(({ style }) => CHART_COLOURS[style]);
  const marked = epochs.length <= MARKED_POINTS;
  const colour = {
    field: 'name',
    type: 'nominal',
    legend: null,
    scale: { domain: names, range: colours },
  } as const;
  return renderChart(
    {
      width: 480,
      height: 230,
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
          scale: { zero, nice: true },
          axis: { format, tickCount: 5 },
        },
        color: colour,
      },
      layer: [
        {
          mark: { type: 'line', strokeWidth: 2, strokeJoin: 'round', strokeCap: 'round' },
          encoding: {
            strokeDash: {
              field: 'name',
              type: 'nominal',
              legend: null,
              scale: {
                domain: names,
                range: curves.map(({ style }) => (style === 'first' ? [1, 0] : [5, 4])),
              },
            },
          },
        },
        ...(marked ? [{ mark: { type: 'circle' as const, size: 30, opacity: 1 } }] : []),
      ],
    },
    description,
  );
};
