import { textTable } from './text-table.ts';

test('text stands left and numbers right, and lines end without blanks', () => {
  expect(
    textTable(
      [
        ['class', 'n', 'note'],
        ['happy', '12', ''],
        ['sad', '3'],
      ],
      ['left', 'right', 'left'],
    ),
  ).toBe('class   n  note\nhappy  12\nsad     3');
});
