import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expandInputs, type ExpandOptions } from './expand-inputs.ts';
import { EmptyFolderError, NoMatchError } from './input-errors.ts';

const cwd = mkdtempSync(join(tmpdir(), 'mien-inputs-'));
afterAll(() => rmSync(cwd, { recursive: true }));

const FILES = [
  'photo.jpg',
  'album/img10.JPG',
  'album/img2.png',
  'album/notes.txt',
  'album/main.ts',
  'album/.trash/old.jpg',
  'album/deep/clip.mp4',
  'album/deep/img1.webp',
  'album/marked/img2.png',
  'odd[1].jpg',
  'empty/readme.md',
];

beforeAll(() => {
  for (const file of FILES) {
    mkdirSync(dirname(join(cwd, file)), { recursive: true });
    writeFileSync(join(cwd, file), 'x');
  }
});

const expand = (args: readonly string[], options: Partial<ExpandOptions> = {}) =>
  expandInputs(args, { cwd, recursive: true, outputFolders: [], ...options });

const names = async (...call: Parameters<typeof expand>): Promise<string[]> =>
  (await expand(...call)).map(({ kind, name }) => `${kind} ${name}`);

describe('arguments', () => {
  test('that are files are taken as they are', async () => {
    expect(await expand(['photo.jpg', 'album/notes.txt'])).toEqual([
      { kind: 'picture', name: 'photo.jpg', source: join(cwd, 'photo.jpg'), outputStem: 'photo' },
      { kind: 'picture', name: 'album/notes.txt', source: join(cwd, 'album/notes.txt'), outputStem: 'notes' },
    ]);
  });

  test('that are folders become the pictures and videos in and below them, by name with numbers as numbers', async () => {
    expect(await names(['album'])).toEqual([
      'video album/deep/clip.mp4',
      'picture album/deep/img1.webp',
      'picture album/img2.png',
      'picture album/img10.JPG',
      'picture album/marked/img2.png',
    ]);
  });

  test('that are folders can be taken without what is below them', async () => {
    expect(await names(['album'], { recursive: false })).toEqual([
      'picture album/img2.png',
      'picture album/img10.JPG',
    ]);
  });

  test('that hold the folder for results do not bring earlier results in', async () => {
    const outputFolders = [join(cwd, 'album/marked')];
    expect(await names(['album'], { outputFolders })).not.toContain('picture album/marked/img2.png');
    expect(await names(['album'], { outputFolders: [cwd] })).toContain('picture album/marked/img2.png');
  });

  test('that are patterns become what matches, where the shell left them as they are', async () => {
    expect(await names(['album/**/*.{png,webp}'])).toEqual([
      'picture album/deep/img1.webp',
      'picture album/img2.png',
      'picture album/marked/img2.png',
    ]);
  });

  test('that look like patterns and are files are files', async () => {
    expect(await names(['odd[1].jpg'])).toEqual(['picture odd[1].jpg']);
  });

  test('that lead to a file twice have it read once', async () => {
    expect(await names(['photo.jpg', './photo.jpg', '*.jpg'])).toEqual([
      'picture photo.jpg',
      'picture odd[1].jpg',
    ]);
  });

  test('keep files of one name in several folders apart', async () => {
    const inputs = await expand(['album/img2.png', 'album/marked/img2.png']);
    expect(inputs.map((input) => 'outputStem' in input && input.outputStem)).toEqual(['img2', 'img2-2']);
  });

  test('that lie elsewhere are named in full', async () => {
    const [input] = await expand([join(cwd, 'photo.jpg')], { cwd: join(cwd, 'album') });
    expect(input?.name).toBe(join(cwd, 'photo.jpg'));
  });

  test('that lead nowhere say so in their place', async () => {
    const inputs = await expand(['gone.jpg', 'photo.jpg', '*.bmp', 'empty']);
    expect(inputs.map((input) => ('error' in input ? input.error.message : input.name))).toEqual([
      'Cannot read gone.jpg: there is no such file; check the path.',
      'photo.jpg',
      'Cannot read *.bmp: no file matches the pattern.',
      'Cannot read empty: there are no pictures or videos in it or below.',
    ]);
    expect(inputs.map((input) => 'error' in input && input.error.constructor)).toEqual([
      NoMatchError,
      false,
      NoMatchError,
      EmptyFolderError,
    ]);
  });

  test('may be "-", for standard input, once', async () => {
    const stdin = { kind: 'picture', source: new Uint8Array([1]) } as const;
    expect(await expand(['-', '-'], { stdin })).toEqual([{ ...stdin, name: 'stdin', outputStem: 'stdin' }]);
  });
});
