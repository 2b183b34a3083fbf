import { planOutputs } from './output-plan.ts';

const plan = (flags: Parameters<typeof planOutputs>[0]) => planOutputs(flags, '/home/me');

describe('where results go', () => {
  test('is the screen, as a table, where nothing else is said', () => {
    expect(plan({})).toEqual({
      print: { format: 'table', file: undefined },
      html: undefined,
      annotate: undefined,
      crop: undefined,
    });
  });

  test.each([
    ['a.json', 'json'],
    ['a.JSONL', 'jsonl'],
    ['a.ndjson', 'jsonl'],
    ['a.csv', 'csv'],
    ['a.txt', 'table'],
  ])('into %s is %s', (output, format) => {
    expect(plan({ output }).print).toEqual({ format, file: `/home/me/${output}` });
  });

  test('follows the flag before the name of the file', () => {
    expect(plan({ output: 'a.csv', json: true }).print?.format).toBe('json');
  });

  test('is not the screen where nothing is to be said, but for what was asked for by name', () => {
    expect(plan({ quiet: true }).print).toBeUndefined();
    expect(plan({ quiet: true, csv: true }).print?.format).toBe('csv');
    expect(plan({ quiet: true, output: 'a.txt' }).print?.format).toBe('table');
  });
});
