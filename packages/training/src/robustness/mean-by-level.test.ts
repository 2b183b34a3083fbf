import { meanByLevel } from './mean-by-level.ts';
import { turningTable } from './robustness.test-support.ts';

test('meanByLevel weighs every corruption the same', () => {
  const { rows } = turningTable();
  const other = rows.map((row) => ({ ...row, corruption: 'other', accuracy: row.accuracy / 2, macroF1: 0 }));
  const means = meanByLevel({ rows: [...rows, ...other] });
  expect(means.map(({ level }) => level)).toEqual([1, 2, 3, 'all']);
  const expected = [
    [0.675, 0.44],
    [0.45, 0.25],
    [0.6975, 0.45],
    [0.6075, 0.38],
  ];
  for (const [at, [accuracy, macroF1]] of expected.entries()) {
    expect(means[at]?.accuracy).toBeCloseTo(accuracy as number, 12);
    expect(means[at]?.macroF1).toBeCloseTo(macroF1 as number, 12);
  }
});
