import sharp from 'sharp';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeClip } from '../../infer-node/src/video/clip.test-support.ts';
import { runMien, startMien } from './mien.test-support.ts';

/** Six photographs with 3, 3, 3, 4, 5 and 4 people. */
const PHOTOS = [1, 2, 3, 4, 5, 6].map((number) =>
  fileURLToPath(import.meta.resolve(`@vladmandic/face-api/demo/sample${number}.jpg`)),
);
const [PHOTO] = PHOTOS as [string];

let cwd = '';
beforeEach(() => (cwd = mkdtempSync(join(tmpdir(), 'mien-main-'))));
afterEach(() => rmSync(cwd, { recursive: true }));

const mien = (args: readonly string[], options: { stdin?: Uint8Array; env?: NodeJS.ProcessEnv } = {}) =>
  runMien(args, { cwd, ...options });

const filesBelow = (folder: string): string[] =>
  readdirSync(join(cwd, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .toSorted();

interface JsonFace {
  readonly label: string;
  readonly unsure: boolean;
  readonly box: { readonly leftPx: number; readonly topPx: number; readonly widthPx: number };
}

interface JsonDocument {
  readonly files: readonly { readonly file: string; readonly faces: readonly JsonFace[] }[];
  readonly summary: { readonly faces: number };
}

describe('photographs', () => {
  test('become a document, drawings, crops and a page in one run', async () => {
    const photos = join(cwd, 'photos');
    mkdirSync(photos);
    for (const [index, photo] of PHOTOS.entries()) copyFileSync(photo, join(photos, `photo${index + 1}.jpg`));
    const args = ['photos', '--json', '--annotate', 'marked', '--crop', 'faces', '--html', 'out/page.html'];
    const { exitCode, stdout, stderr } = await mien(args);
    expect(stderr).toMatch(/6 pictures, 22 faces/u);
    expect(exitCode).toBe(0);

    const { files, summary } = JSON.parse(stdout) as JsonDocument;
    expect(files.map(({ file, faces }) => [file, faces.length])).toEqual([
      ['photos/photo1.jpg', 3],
      ['photos/photo2.jpg', 3],
      ['photos/photo3.jpg', 3],
      ['photos/photo4.jpg', 4],
      ['photos/photo5.jpg', 5],
      ['photos/photo6.jpg', 4],
    ]);
    const faces = files.flatMap((file) => file.faces);
    expect(summary.faces).toBe(22);

    const marked = filesBelow('marked');
    expect(marked).toEqual(PHOTOS.map((_, index) => `photo${index + 1}.jpg`));
    for (const name of marked) {
      const [drawing, photo] = await Promise.all(
        ['marked', 'photos'].map((folder) => sharp(join(cwd, folder, name)).metadata()),
      );
      expect([drawing?.width, drawing?.height]).toEqual([photo?.width, photo?.height]);
    }

    const crops = filesBelow('faces');
    const sure = faces.filter(({ unsure }) => !unsure);
    expect(crops).toHaveLength(sure.length);
    expect(readdirSync(join(cwd, 'faces')).toSorted()).toEqual(
      [...new Set(sure.map(({ label }) => label))].toSorted(),
    );

    const page = readFileSync(join(cwd, 'out/page.html'), 'utf8');
    expect(page.match(/data-kind="picture"/gu)?.length).toBe(6);
    expect(readdirSync(join(cwd, 'out'))).toEqual(['page.html']);
  });

  test('are drawn on where the faces are, and nowhere else', async () => {
    const { stdout } = await mien([PHOTO, '--jsonl', '--annotate', 'marked']);
    const picture = JSON.parse(stdout.split('\n')[1] ?? '') as { faces: readonly JsonFace[] };
    const gray = (path: string) => sharp(path).greyscale().raw().toBuffer({ resolveWithObject: true });
    const [before, after] = await Promise.all([gray(PHOTO), gray(join(cwd, 'marked/sample1.jpg'))]);
    const { width } = before.info;
    const difference = (x: number, y: number): number =>
      Math.abs((before.data[y * width + x] ?? 0) - (after.data[y * width + x] ?? 0));
    for (const { box } of picture.faces) {
      const [left, top] = [Math.round(box.leftPx), Math.round(box.topPx)];
      const middle = Math.round(box.widthPx / 2);
      const edge = [-1, 0, 1].map((step) => difference(left + step, top + middle));
      expect(Math.max(...edge)).toBeGreaterThan(40);
      expect(difference(left + middle, top + middle)).toBeLessThan(16);
    }
    expect(difference(20, before.info.height - 20)).toBeLessThan(16);
  });

  test('that are broken or missing do not keep the others from being read', async () => {
    writeFileSync(join(cwd, 'broken.jpg'), 'no picture');
    writeFileSync(join(cwd, 'cut.jpg'), readFileSync(PHOTO).subarray(0, 60_000));
    mkdirSync(join(cwd, 'empty'));
    const { exitCode, stdout, stderr } = await mien(['broken.jpg', 'empty', 'cut.jpg', 'gone.jpg', PHOTO]);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/sample1\.jpg +1 +\w/u);
    expect(stderr.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/^Cannot decode .*broken\.jpg: /u),
      'Cannot read empty: there are no pictures or videos in it or below.',
      expect.stringMatching(/^Cannot decode .*cut\.jpg: /u),
      'Cannot read gone.jpg: there is no such file; check the path.',
      expect.stringMatching(/^1 picture, 3 faces.*, 4 failures in /u),
    ]);
  });

  test('come through standard input, too', async () => {
    const { exitCode, stdout } = await mien(['-', '--csv', '--quiet'], { stdin: readFileSync(PHOTO) });
    expect(exitCode).toBe(0);
    const [header, ...rows] = stdout.trimEnd().split('\n');
    expect(header).toMatch(/^file,time_ms,face,label,.*p_contempt$/u);
    expect(rows.map((row) => row.split(',').slice(0, 3))).toEqual([
      ['stdin', '', '1'],
      ['stdin', '', '2'],
      ['stdin', '', '3'],
    ]);
  });

  test('without a face are an exit code of their own where that is asked for', async () => {
    await sharp({ create: { width: 300, height: 200, channels: 3, background: 'green' } })
      .png()
      .toFile(join(cwd, 'green.png'));
    expect(await mien(['green.png', '--require-face', '-q'])).toEqual({
      exitCode: 3,
      stdout: '',
      stderr: '',
    });
  });

  test('are looked for from where Nx was called', async () => {
    copyFileSync(PHOTO, join(cwd, 'photo.jpg'));
    const env = { NX_WORKSPACE_ROOT: '/', INIT_CWD: cwd };
    const result = await runMien(['photo.jpg', '-o', 'faces.jsonl'], { cwd: '/', env });
    expect(result).toMatchObject({ exitCode: 0, stdout: '' });
    expect(JSON.parse(readFileSync(join(cwd, 'faces.jsonl'), 'utf8').split('\n')[1] ?? '')).toMatchObject({
      file: 'photo.jpg',
    });
  });
});

test('a video becomes rows with times, crops beside a table, and a page', async () => {
  const clip = makeClip(join(cwd, 'clip.mp4'), [
    '-loop',
    '1',
    '-t',
    '2',
    '-i',
    PHOTO,
    '-vf',
    'scale=960:-2,fps=10,format=yuv420p',
  ]);
  const args = [
    clip,
    '--fps',
    '5',
    '--csv',
    '--crop',
    'faces',
    '--crop-layout',
    'flat',
    '--html',
    'page.html',
  ];
  const { exitCode, stdout, stderr } = await mien(args);
  expect(stderr).toMatch(/1 video, 3 faces/u);
  expect(exitCode).toBe(0);
  const rows = stdout.trimEnd().split('\n').slice(1);
  const times = [...new Set(rows.map((row) => Number(row.split(',')[1])))];
  expect(times).toEqual([0, 200, 400, 600, 800, 1000, 1200, 1400, 1600, 1800]);
  expect(rows).toHaveLength(30);

  const table = readFileSync(join(cwd, 'faces/faces.csv'), 'utf8').trimEnd().split('\n').slice(1);
  const crops = filesBelow('faces').filter((name) => name.endsWith('.png'));
  expect(table.map((row) => row.split(',')[0] ?? '').toSorted()).toEqual(crops);
  expect(crops).toHaveLength(6);
  expect(readFileSync(join(cwd, 'page.html'), 'utf8')).toContain('data:image/jpeg;base64,');
});

describe('results', () => {
  test('that cannot be written are told of before anything is read', async () => {
    writeFileSync(join(cwd, 'file'), '');
    const { exitCode, stdout, stderr } = await mien([PHOTO, '--html', 'file/page.html', '--crop', 'faces']);
    expect(exitCode).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^Cannot write .*file: check that its folder may be written to.*\n$/u);
  });

  test('never take the place of a picture that is read', async () => {
    const photo = readFileSync(PHOTO);
    writeFileSync(join(cwd, 'photo.jpg'), photo);
    const { exitCode, stdout, stderr } = await mien(['photo.jpg', '--annotate', '.']);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('it is one of the files to read');
    expect(stdout).toContain('photo.jpg');
    expect(readFileSync(join(cwd, 'photo.jpg')).equals(photo)).toBe(true);
  });
});

describe('a run that is stopped', () => {
  /** A run over many pictures, once it has read the first. */
  const underWay = async (args: readonly string[]) => {
    mkdirSync(join(cwd, 'many'));
    for (let number = 0; number < 400; number++) symlinkSync(PHOTO, join(cwd, 'many', `${number}.jpg`));
    const running = startMien(['many', '--jsonl', ...args], { cwd });
    await new Promise<void>((resolve) => {
      let text = '';
      running.child.stdout.on('data', (piece: string) => {
        text += piece;
        if (text.includes('"picture"')) resolve();
      });
    });
    return running;
  };

  test('by Ctrl-C leaves no file that is not whole', async () => {
    const { child, result } = await underWay(['--html', 'page.html', '--annotate', 'marked']);
    child.kill('SIGINT');
    const { exitCode, stderr } = await result;
    expect(exitCode).toBe(130);
    expect(stderr).toContain('Stopped');
    expect(readdirSync(cwd).toSorted()).toEqual(['many', 'marked']);
    expect(filesBelow('marked').filter((name) => !name.endsWith('.jpg'))).toEqual([]);
  });

  test('by whoever reads its output ends without a word', async () => {
    const { child, result } = await underWay([]);
    child.stdout.destroy();
    const { exitCode, stderr } = await result;
    expect(exitCode).toBe(141);
    expect(stderr).toBe('');
  });
});

test('a command line that is wrong is refused before anything is done', async () => {
  const { exitCode, stdout, stderr } = await mien(['--jsn', PHOTO]);
  expect(exitCode).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toBe("error: unknown option '--jsn'\n(Did you mean --json?)\nRun with --help for usage.\n");
});

test('--help tells the options, examples and exit codes', async () => {
  const { exitCode, stdout } = await mien(['--help']);
  expect(exitCode).toBe(0);
  expect(stdout).toContain('--annotate <folder>');
  expect(stdout).toContain('Exit codes');
});
