import { createStyle } from '../terminal/style.ts';
import { formatReading } from './format-reading.ts';

const reading = {
  label: 'surprise',
  probability: 0.75,
  probabilities: [
    { label: 'fear', probability: 0.0125 },
    { label: 'surprise', probability: 0.75 },
    { label: 'sad', probability: 0.2375 },
  ],
};

describe('formatReading', () => {
  test('lists the likeliest label first, in columns, with bars that are 30 characters long for certainty', () => {
    expect(formatReading('face.png', reading, createStyle(false))).toBe(
      [
        'face.png',
        `  surprise  ${'█'.repeat(22)}▌${' '.repeat(7)}   75.0 %`,
        `  sad       ${'█'.repeat(7)}▏${' '.repeat(22)}   23.8 %`,
        `  fear      ▍${' '.repeat(29)}    1.3 %`,
        '',
      ].join('\n'),
    );
  });

  test('gives a bar its full width, and none', () => {
    const certain = {
      label: 'yes',
      probability: 1,
      probabilities: [
        { label: 'yes', probability: 1 },
        { label: 'no', probability: 0 },
      ],
    };
    const lines = formatReading('a.png', certain, createStyle(false)).split('\n');
    expect(lines[1]).toBe(`  yes  ${'█'.repeat(30)}  100.0 %`);
    expect(lines[2]).toBe(`  no   ${' '.repeat(30)}    0.0 %`);
  });

  test('writes colours only where they are wanted', () => {
    const escape = '\u001B[';
    expect(formatReading('a.png', reading, createStyle(true))).toContain(`${escape}1ma.png${escape}0m`);
    expect(formatReading('a.png', reading, createStyle(false))).not.toContain(escape);
  });
});
