import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import {
  ClassFoldersDifferError,
  EmptyClassError,
  NoImagesError,
  SingleClassError,
} from './dataset-errors.ts';
import { emptyFolder, writeFiles } from './image-folder.test-support.ts';
import { scanFolder } from './scan-folder.ts';

const folderOf = async (files: readonly string[]): Promise<string> => {
  const root = await emptyFolder();
  await writeFiles(root, Object.fromEntries(files.map((file) => [file, 'x'])));
  return root;
};

const scan = async (...files: string[]) => scanFolder({ root: await folderOf(files), classesMatter: true });

describe('a folder of images', () => {
  test('without a train folder is one split, its classes in alphabetical order', async () => {
    const { labels, samples } = await scan('b/2.png', 'b/1.PNG', 'a/1.jpeg', 'C/1.webp');
    expect(labels).toEqual(['C', 'a', 'b']);
    expect(samples.map(({ source, split, classIndex }) => [source, split, classIndex])).toEqual([
      ['C/1.webp', 'train', 0],
      ['a/1.jpeg', 'train', 1],
      ['b/1.PNG', 'train', 2],
      ['b/2.png', 'train', 2],
    ]);
  });

  test.each(['validation', 'val', 'valid', 'Valid'])('takes %s as the validation split', async (name) => {
    const { samples, labels } = await scan(
      'train/a/1.png',
      'train/b/1.png',
      `${name}/a/2.png`,
      `${name}/b/2.png`,
    );
    expect(labels).toEqual(['a', 'b']);
    const validation = samples.filter(({ split }) => split === 'validation');
    expect(validation.map(({ source }) => source)).toEqual([`${name}/a/2.png`, `${name}/b/2.png`]);
  });

  test('may have a test split and no validation split', async () => {
    const { samples } = await scan('train/a/1.png', 'train/b/1.png', 'test/a/2.png', 'test/b/2.png');
    expect(samples.map(({ source, split }) => [source, split])).toEqual([
      ['test/a/2.png', 'test'],
      ['test/b/2.png', 'test'],
      ['train/a/1.png', 'train'],
      ['train/b/1.png', 'train'],
    ]);
  });

  test('may hold other files: those in class folders are listed, those beside them and hidden ones ignored', async () => {
    const { samples, skipped } = await scan(
      'notes.txt',
      'a/1.png',
      'a/note.txt',
      'a/.hidden',
      'a/Thumbs.db',
      'b/1.png',
    );
    expect(samples).toHaveLength(2);
    expect(skipped).toEqual([{ source: 'a/note.txt', reason: 'not named .png, .jpg, .jpeg or .webp' }]);
  });

  test('may hold links, also some that lead nowhere, which count as damaged files later on', async () => {
    const root = await folderOf(['a/1.png', 'b/1.png']);
    await symlink(join(root, 'a/1.png'), join(root, 'a/2.png'));
    await symlink(join(root, 'gone.png'), join(root, 'b/2.png'));
    const { samples } = scanFolder({ root, classesMatter: true });
    expect(samples.map(({ source }) => source)).toEqual(['a/1.png', 'a/2.png', 'b/1.png', 'b/2.png']);
  });

  test('has another identity once a file changes', async () => {
    const root = await folderOf(['a/1.png', 'b/1.png']);
    const before = scanFolder({ root, classesMatter: true }).identity;
    expect(scanFolder({ root, classesMatter: true }).identity).toEqual(before);
    await writeFiles(root, { 'a/1.png': 'longer' });
    expect(scanFolder({ root, classesMatter: true }).identity).not.toEqual(before);
  });
});

describe('a folder that cannot be trained on', () => {
  test('holds no images', async () => {
    const root = await emptyFolder();
    expect(() => scanFolder({ root, classesMatter: true })).toThrow(NoImagesError);
    await writeFiles(root, { 'loose.png': 'x' });
    expect(() => scanFolder({ root, classesMatter: true })).toThrow(`No images in ${root}.`);
  });

  test('holds one class only', async () => {
    const root = await folderOf(['happy/1.png']);
    expect(() => scanFolder({ root, classesMatter: true })).toThrow(SingleClassError);
    expect(scanFolder({ root, classesMatter: false }).samples).toHaveLength(1);
  });

  test('holds a class without files', async () => {
    const root = await folderOf(['a/1.png', 'b/.keep']);
    const scanIt = () => scanFolder({ root, classesMatter: true });
    expect(scanIt).toThrow(EmptyClassError);
    expect(scanIt).toThrow(`Class "b" has no usable image in ${join(root, 'b')}.`);
  });

  test('has other classes in another split', async () => {
    const root = await folderOf(['train/a/1.png', 'train/b/1.png', 'val/a/1.png', 'val/c/1.png']);
    const scanIt = () => scanFolder({ root, classesMatter: true });
    expect(scanIt).toThrow(ClassFoldersDifferError);
    expect(scanIt).toThrow('it lacks b and has c, which train lacks');
  });
});
