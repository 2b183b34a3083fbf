import { describeRobustness, formatDrop } from './describe-robustness.ts';
import { turningTable } from './robustness.test-support.ts';

test('describeRobustness sets clean images, versions and means in one table', () => {
  expect(describeRobustness(turningTable(), 'bright half')).toBe(
    [
      'bright half on halves: 20 images of the validation split (majority of votes)',
      '',
      'corruption  level  strength  accuracy  95 % interval   drop  macro-F1',
      'clean                          90.0 %  85.0 – 94.0 %           88.0 %',
      'turning         1  0°          90.0 %  85.0 – 94.0 %    0.0    88.0 %',
      '                2  180°        60.0 %  55.0 – 64.0 %  −30.0    50.0 %',
      '                3  black       93.0 %  88.0 – 97.0 %   +3.0    90.0 %',
      'mean            1              90.0 %                   0.0    88.0 %',
      '                2              60.0 %                 −30.0    50.0 %',
      '                3              93.0 %                  +3.0    90.0 %',
      '              all              81.0 %                  −9.0    76.0 %',
      '',
      'Drop: percentage points of accuracy against the clean images.',
    ].join('\n'),
  );
});

test('describeRobustness names a further head', () => {
  expect(describeRobustness(turningTable({ output: 'own' }), 'm')).toContain('m, head own on halves');
});

test.each([
  [0.8, 0.85, '−5.0'],
  [0.85, 0.8, '+5.0'],
  [0.80002, 0.8, '0.0'],
  [0.79998, 0.8, '0.0'],
])('formatDrop writes %d after %d as %s', (accuracy, clean, text) => {
  expect(formatDrop(accuracy, clean)).toBe(text);
});
