import { formatCount, formatDuration, formatPercent } from './format-figures.ts';

test('counts have their thousands separated', () => {
  expect([0, 999, 25045].map(formatCount)).toEqual(['0', '999', '25,045']);
});

test('percentages have one digit after the point unless told', () => {
  expect([formatPercent(0.8125), formatPercent(1), formatPercent(0.256, 0)]).toEqual([
    '81.3\u00A0%',
    '100.0\u00A0%',
    '26\u00A0%',
  ]);
});

test.each([
  [0, '0 s'],
  [4.21, '4.2 s'],
  [59.4, '59 s'],
  [123, '2 min 3 s'],
  [3599.7, '1 h 0 min'],
  [3900, '1 h 5 min'],
])('%d seconds read %s', (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text);
});
