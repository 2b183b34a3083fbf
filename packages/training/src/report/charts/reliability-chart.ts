import type { ReliabilityBin } from '../../evaluate/calibration-error.ts';
import type { Html } from '../html.ts';
import { CHART_COLOURS, renderChart } from './render-chart.ts';

const percentAxis = { format: '.0%', values: [0, 0.2, 0.4, 0.6, 0.8, 1] };

/**
 * Draws what a model's confidence is worth: accuracy over confidence with the diagonal of perfect calibration, and
 * under it how many predictions have which confidence.
 */
export const reliabilityChart = (bins: readonly ReliabilityBin[], description: string): Promise<Html> => {
  const used = bins.filter(({ count }) => count > 0);
  const samples = used.reduce((total, { count }) => total + count, 0);
  const values = used.map(({ lower, upper, count, confidence, accuracy }) => {
    return { lower, upper, confidence, accuracy, share: count / samples };
  });
  const confidence = (title: string | null) => ({
    field: 'lower' as const,
    type: 'quantitative' as const,
    title,
    scale: { domain: [0, 1] },
    axis: { ...percentAxis, labels: title !== null },
  });
  return renderChart(
    {
      data: { values },
      vconcat: [
        {
          width: 400,
          height: 300,
          layer: [
            {
              mark: { type: 'bar', fill: CHART_COLOURS.fill, stroke: CHART_COLOURS.first, strokeWidth: 1 },
              encoding: {
                x: confidence(null),
                x2: { field: 'upper' },
                y: {
                  field: 'accuracy',
                  type: 'quantitative',
                  title: 'share that is right',
                  scale: { domain: [0, 1] },
                  axis: percentAxis,
                },
                y2: { datum: 0 },
              },
            },
            {
              data: { values: [{ from: 0, to: 1 }] },
              mark: { type: 'rule', stroke: CHART_COLOURS.ink, strokeDash: [4, 4] },
              encoding: {
                x: { field: 'from', type: 'quantitative' },
                x2: { field: 'to' },
                y: { field: 'from', type: 'quantitative' },
                y2: { field: 'to' },
              },
            },
            {
              mark: { type: 'circle', size: 44, opacity: 1, color: CHART_COLOURS.second },
              encoding: {
                x: { field: 'confidence', type: 'quantitative' },
                y: { field: 'accuracy', type: 'quantitative' },
              },
            },
          ],
        },
        {
          width: 400,
          height: 80,
          mark: { type: 'bar', fill: CHART_COLOURS.muted, stroke: CHART_COLOURS.paper, strokeWidth: 1 },
          encoding: {
            x: confidence('confidence in the answer'),
            x2: { field: 'upper' },
            y: {
              field: 'share',
              type: 'quantitative',
              title: 'answers',
              axis: { format: '.0%', tickCount: 3 },
            },
            y2: { datum: 0 },
          },
        },
      ],
      spacing: 12,
    },
    description,
  );
};
