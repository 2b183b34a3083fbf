import type { FitResult } from '../fit/fit.ts';
import { describeResult } from './describe-result.ts';

const result = {
  folder: 'dist/training/x',
  history: [],
  card: {
    evaluation: [
      {
        split: 'validation',
        accuracy: 0.9,
        samples: 700,
        accuracyInterval95: [0.875, 0.92],
        macroF1: 0.89,
        ece: 0.02,
      },
      {
        split: 'test',
        accuracy: 0.8,
        samples: 100,
        accuracyInterval95: [0.71, 0.87],
        macroF1: 0.79,
        ece: 0.05,
      },
    ],
    training: { epochs: 6, seconds: 151 },
  },
} as unknown as FitResult;

test('tells how good the model is, where it is and what to do next', () => {
  expect(describeResult(result)).toEqual([
    '',
    'Validation  90.0 % of 700 faces (95 % interval 87.5 % to 92.0 %), macro-F1 0.890, calibration error 2.0 %',
    'Test        80.0 % of 100 faces (95 % interval 71.0 % to 87.0 %), macro-F1 0.790, calibration error 5.0 %',
    'Trained     6 epochs in 2:31',
    'Model       dist/training/x',
    'Report      dist/training/x/report.html (open it in a browser)',
    'Next        npx nx run export:onnx -- --model dist/training/x',
  ]);
});
