import { format } from 'prettier';
import { markdownTable } from './markdown-table.ts';

describe('markdownTable', () => {
  test.each([
    [
      'figures to the right',
      [{ title: 'Class' }, { title: 'Recall', align: 'right' as const }],
      [['sad', '7 %']],
    ],
    ['short columns', [{ title: 'a' }, { title: 'b', align: 'right' as const }], [['', '1']]],
    ['bars in cells', [{ title: 'a|b' }], [['c | d']]],
    ['letters outside ASCII', [{ title: 'σ' }, { title: 'is ↓' }], [['±30°', '−3.2']]],
    ['no rows', [{ title: 'Class' }], []],
  ])('writes %s as Prettier would', async (_, columns, rows) => {
    const table = markdownTable(columns, rows);
    expect(await format(table, { parser: 'markdown' })).toBe(`${table}\n`);
  });

  test('keeps a cell on its line', () => {
    expect(markdownTable([{ title: 'Limit' }], [['one\ntwo']]).split('\n')).toEqual([
      '| Limit   |',
      '| ------- |',
      '| one two |',
    ]);
  });
});
