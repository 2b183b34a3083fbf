import { formatBar, formatDuration, formatPercent } from './format-progress.ts';

test.each([
  [0, '0 s'],
  [59.4, '59 s'],
  [59.6, '1:00'],
  [151, '2:31'],
  [3723, '1:02:03'],
  [-5, '0 s'],
])('%p seconds are %s', (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text);
});

test('fractions become per cent and bars', () => {
  expect(formatPercent(0.8512)).toBe('85.1 %');
  expect(formatBar(0, 4)).toBe('░░░░');
  expect(formatBar(0.5, 4)).toBe('██░░');
  expect(formatBar(2, 4)).toBe('████');
});
