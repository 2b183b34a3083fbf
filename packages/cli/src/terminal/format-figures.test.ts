import { formatBar } from './bar.ts';
import { formatCount, formatDuration, formatPercent, formatTime } from './format-figures.ts';

test.each([
  [0, '0:00.0'],
  [7449, '0:07.4'],
  [59_960, '1:00.0'],
  [754_000, '12:34.0'],
  [3_727_400, '1:02:07.4'],
])('%i ms into a video is %s', (milliseconds, text) => expect(formatTime(milliseconds)).toBe(text));

test.each([
  [0.4, '0 s'],
  [59.4, '59 s'],
  [200, '3 min 20 s'],
  [7500, '2 h 5 min'],
])('%f s is %s', (seconds, text) => expect(formatDuration(seconds)).toBe(text));

test('counts have their noun', () => {
  expect([0, 1, 2, 12_345].map((count) => formatCount(count, 'face'))).toEqual([
    '0 faces',
    '1 face',
    '2 faces',
    '12,345 faces',
  ]);
});

test('shares are whole percent', () =>
  expect([0, 0.004, 0.5, 1].map(formatPercent)).toEqual(['0 %', '0 %', '50 %', '100 %']));

test('bars are exact to an eighth of a character, and as wide as asked for', () => {
  expect([0, 1 / 64, 0.5, 1].map((fraction) => formatBar(fraction, 8))).toEqual([
    '        ',
    '▏       ',
    '████    ',
    '████████',
  ]);
});
