import { join } from 'node:path';
import { InvalidCsvError, MissingColumnsError, TooManyUnusableError } from './dataset-errors.ts';
import { emptyFolder, writeFiles } from './image-folder.test-support.ts';
import { readFer2013Csv } from './read-fer2013-csv.ts';

const pixels = (value: number | string, count = 48 * 48): string =>
  Array.from({ length: count }, () => value).join(' ');

const csvFile = async (lines: readonly string[]): Promise<string> => {
  const root = await emptyFolder();
  await writeFiles(root, { 'fer2013.csv': `${lines.join('\n')}\n` });
  return join(root, 'fer2013.csv');
};

const HEADER = 'emotion,pixels,Usage';
const goodRows = (count: number): string[] =>
  Array.from({ length: count }, (_, row) => `${row % 7},${pixels(row % 256)},Training`);

describe("Kaggle's fer2013.csv", () => {
  test('gives its usages as splits and its numbers as pixels and classes', async () => {
    const rows = [`3,${pixels(7)},Training`, `0,${pixels(255)},PublicTest`, `6,${pixels(0)},PrivateTest`];
    const { samples, skipped } = await readFer2013Csv(await csvFile([HEADER, ...rows]));
    expect(skipped).toEqual([]);
    expect(samples.map(({ source, split, classIndex }) => [source, split, classIndex])).toEqual([
      ['row 1', 'train', 3],
      ['row 2', 'validation', 0],
      ['row 3', 'test', 6],
    ]);
    const grays = samples.map(({ picture }) => picture.kind === 'gray' && new Set(picture.gray));
    expect(grays).toEqual([new Set([7]), new Set([255]), new Set([0])]);
  });

  test('may have its columns in another order, with spaces, a byte-order mark and Windows line ends', async () => {
    const path = await csvFile(['\uFEFFemotion, Usage, pixels\r', `5,Training,${pixels(9)}\r`]);
    const { samples } = await readFer2013Csv(path);
    expect(samples.map(({ classIndex, split }) => [classIndex, split])).toEqual([[5, 'train']]);
  });

  test.each([
    ['3', 'too few columns'],
    [`3,${pixels(1, 2303)},Training`, '2303 pixels instead of 2304'],
    [`3,${pixels(1, 2305)},Training`, '2305 pixels instead of 2304'],
    [`3,${pixels(1, 2303)} 256,Training`, 'pixel 256 is not in 0…255'],
    [`3,${pixels(1, 2303)} -1,Training`, 'pixel -1 is not in 0…255'],
    [`7,${pixels(1)},Training`, 'unknown emotion "7", expected 0…6'],
    [`joy,${pixels(1)},Training`, 'unknown emotion "joy", expected 0…6'],
    [`3,${pixels(1)},Holdout`, 'unknown Usage "Holdout"'],
  ])('skips a damaged row, saying which and why (%#)', async (row, reason) => {
    const { samples, skipped, rows } = await readFer2013Csv(await csvFile([HEADER, ...goodRows(20), row]));
    expect(skipped).toEqual([{ source: 'row 21', reason }]);
    expect([samples.length, rows]).toEqual([20, 21]);
  });

  test('is refused when over 5 % of its rows are damaged', async () => {
    const path = await csvFile([HEADER, ...goodRows(10), '9,1 2 3,Training']);
    await expect(readFer2013Csv(path)).rejects.toThrow(TooManyUnusableError);
    await expect(readFer2013Csv(path)).rejects.toThrow('row 11 (unknown emotion "9", expected 0…6)');
  });

  test('is refused without its columns', async () => {
    const path = await csvFile(['label,image', '3,x.png']);
    await expect(readFer2013Csv(path)).rejects.toThrow(MissingColumnsError);
    await expect(readFer2013Csv(path)).rejects.toThrow('lacks the columns emotion, pixels, Usage');
    await expect(readFer2013Csv(await csvFile([]))).rejects.toThrow(MissingColumnsError);
  });

  test('is refused when it is not CSV', async () => {
    const path = await csvFile([HEADER, `3,"${pixels(1)},Training`]);
    await expect(readFer2013Csv(path)).rejects.toThrow(InvalidCsvError);
  });
});
