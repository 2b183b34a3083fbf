import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withFolder } from '../folder/model-folder.test-support.ts';
import { LabelCountError, labelledOutput, LabelsFileError, readCardLabels, readLabels } from './labels.ts';

describe('readLabels', () => {
  test.each([
    ['lines', 'cat\r\n dog \n\n'],
    ['a JSON list', '["cat", "dog"]'],
  ])('reads %s', (_, text) =>
    withFolder(async (folder) => {
      await writeFile(join(folder, 'labels'), text);
      expect(await readLabels(join(folder, 'labels'))).toEqual(['cat', 'dog']);
    }),
  );

  test.each([
    ['nothing', '', 'no list of names'],
    ['numbers', '[1, 2]', 'no list of names'],
    ['half a list', '["cat"', 'JSON'],
  ])('refuses %s', (_, text, problem) =>
    withFolder(async (folder) => {
      await writeFile(join(folder, 'labels'), text);
      await expect(readLabels(join(folder, 'labels'))).rejects.toThrow(LabelsFileError);
      await expect(readLabels(join(folder, 'labels'))).rejects.toThrow(problem);
    }),
  );

  test('says that there is no such file', async () => {
    await expect(readLabels('nowhere.txt')).rejects.toThrow(/nowhere\.txt: there is no such file/u);
  });
});

describe('readCardLabels', () => {
  test('takes the labels of a card, and none where there is no card', () =>
    withFolder(async (folder) => {
      const path = join(folder, 'card.json');
      expect(await readCardLabels(path)).toBeUndefined();
      await writeFile(path, '{"labels": ["a", "b"]}');
      expect(await readCardLabels(path)).toEqual(['a', 'b']);
      await writeFile(path, '{"labels": 3}');
      expect(await readCardLabels(path)).toBeUndefined();
    }));
});

describe('labelledOutput', () => {
  const outputs = [
    { name: 'features', value: { dtype: 'float32' as const, shape: ['N', 64] } },
    { name: 'scores', value: { dtype: 'float32' as const, shape: ['N', 2] } },
  ];

  test('is the one with a number for each label', () => {
    expect(labelledOutput(['a', 'b'], outputs)).toBe('scores');
  });

  test('is an error where there is none', () => {
    expect(() => labelledOutput(['a'], outputs)).toThrow(LabelCountError);
    expect(() => labelledOutput(['a'], outputs)).toThrow('There are 1 labels');
  });
});
