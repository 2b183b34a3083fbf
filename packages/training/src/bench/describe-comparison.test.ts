import { describeComparison } from './describe-comparison.ts';

test('describeComparison sets medians beside the medians of ratios within a round', () => {
  const results = [
    { name: 'PyTorch float32', rounds: [100, 50, 10] },
    { name: 'PyTorch bfloat16', rounds: [], reason: 'no bfloat16 here' },
    // Ratios 2, 3 and 5, while the medians are 150 and 50.
    { name: 'Mien', rounds: [200, 150, 50] },
    { name: 'even', rounds: [40, 60] },
  ];
  expect(describeComparison(results, ['PyTorch float32', 'PyTorch bfloat16'])).toBe(
    [
      '                  images/s  to PyTorch float32',
      'PyTorch float32       50.0               1.00×',
      'PyTorch bfloat16         –                   –  no bfloat16 here',
      'Mien                 150.0               3.00×',
      'even                  50.0               0.80×',
    ].join('\n'),
  );
});
