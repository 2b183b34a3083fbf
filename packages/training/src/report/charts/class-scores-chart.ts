import type { ClassScores } from '../../evaluate/class-scores.ts';
import type { Html } from '../html.ts';
import { CHART_COLOURS, renderChart } from './render-chart.ts';

/** Height of one class. */
const ROW_PX = 34;

/** Draws F1 of each class as a bar, with its precision and recall marked, in the order given. */
export const classScoresChart = (classes: readonly ClassScores[], description: string): Promise<Html> => {
  const mark = (field: 'precision' | 'recall', shape: string, fill: string) => ({
    mark: {
      type: 'point' as const,
      shape,
      filled: true,
      size: 70,
      opacity: 1,
      fill,
      stroke: CHART_COLOURS.paper,
      strokeWidth: 1,
    },
    encoding: { x: { field, type: 'quantitative' as const } },
  });
  return renderChart(
    {
      width: 480,
      height: 40 + ROW_PX * classes.length,
      autosize: { type: 'fit', contains: 'padding' },
      data: { values: [...classes] },
      encoding: {
        y: {
          field: 'label',
          type: 'nominal',
          title: null,
          sort: null,
          axis: { labelFontSize: 13, labelColor: CHART_COLOURS.ink, labelLimit: 120 },
        },
      },
      layer: [
        {
          mark: {
            type: 'bar',
            height: 18,
            fill: CHART_COLOURS.fill,
            stroke: CHART_COLOURS.first,
            strokeWidth: 1,
          },
          encoding: {
            x: {
              field: 'f1',
              type: 'quantitative',
              title: null,
              scale: { domain: [0, 1] },
              axis: { format: '.0%', values: [0, 0.25, 0.5, 0.75, 1], grid: true },
            },
          },
        },
        mark('precision', 'diamond', CHART_COLOURS.second),
        mark('recall', 'circle', CHART_COLOURS.ink),
      ],
    },
    description,
  );
};
