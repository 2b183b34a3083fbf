import type { ModelCard } from '@mien/contract';
import { spawn } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { numbered, writePictures } from '../pictures/pictures.test-support.ts';
import { withFolder, writeModelFolder } from '../folder/model-folder.test-support.ts';

const root = fileURLToPath(new URL('../../../../', import.meta.url));

const run = (...options: string[]): Promise<{ code: number | null; out: string; err: string }> =>
  new Promise((resolve, reject) => {
    const source = ['--conditions=@mien/source', '--import', './tools/register-source.mjs'];
    const child = spawn(process.execPath, [...source, 'packages/export/src/cli/main.ts', ...options], {
      cwd: root,
    });
    const text = { out: '', err: '' };
    child.stdout.on('data', (chunk: Buffer) => (text.out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (text.err += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, ...text }));
  });

interface Report {
  readonly precisions: readonly {
    readonly file: string;
    readonly sha256: string;
    readonly scores: { readonly samples: number };
  }[];
  readonly int8: { readonly images: number; readonly heldOut: number };
}

describe('export:onnx', () => {
  test('converts, proves and says what to do next', () =>
    withFolder(async (folder) => {
      await writeModelFolder(folder);
      const out = join(folder, 'out');
      const { code, out: text, err } = await run('--model', folder, '--out', out);
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(text).toMatch(/random pixels, batch 3: \d\.\d+e-\d+/u);
      expect(text).toContain('Graph: 6 nodes');
      expect(text).toContain('npx nx run cli:mien -- classify');
      expect(await readdir(out)).toEqual(['model.card.json', 'model.onnx']);
    }));

  test('ends with one line and code 1 on a model that cannot be read', () =>
    withFolder(async (folder) => {
      await writeModelFolder(folder);
      await writeFile(join(folder, 'weights.bin'), 'short');
      const { code, err } = await run('--model', folder, '--out', join(folder, 'out'));
      expect(code).toBe(1);
      expect(err.trimEnd().split('\n')).toHaveLength(1);
      expect(err).toContain('weights.bin');
    }));

  test('gives the files another name, which the card and a Triton repository know too', () =>
    withFolder(async (folder) => {
      await writeModelFolder(folder);
      const out = join(folder, 'out');
      const served = join(folder, 'served');
      const { code } = await run('--model', folder, '--out', out, '--name', 'smile', '--triton', served);
      expect(code).toBe(0);
      expect(await readdir(out)).toEqual(['smile.card.json', 'smile.onnx']);
      const card = JSON.parse(await readFile(join(out, 'smile.card.json'), 'utf8')) as ModelCard;
      expect(card.graph.file).toBe('smile.onnx');
      expect(await readFile(join(served, 'smile', 'labels.txt'), 'utf8')).toBe('angry\nhappy\nneutral\n');
      expect(await readFile(join(served, 'smile', 'config.pbtxt'), 'utf8')).toContain('name: "smile"');
      const [file, copy] = [join(out, 'smile.onnx'), join(served, 'smile', '1', 'model.onnx')];
      expect(Buffer.compare(await readFile(file), await readFile(copy))).toBe(0);
    }));

  test('refuses a name that would lead out of the folder', async () => {
    const { code, err } = await run('--name', '../smile');
    expect(code).toBe(1);
    expect(err).toContain("option '--name <name>' argument '../smile' is invalid");
  });

  test('writes fp16 and int8 beside fp32, with a table, a report and the ranges', () =>
    withFolder(async (folder) => {
      await writeModelFolder(folder);
      const faces = join(folder, 'faces');
      await writePictures(
        faces,
        ['angry', 'happy', 'neutral'].flatMap((label) => numbered(20, `${label}/`)),
      );
      const report = join(folder, 'report.json');
      const asked = [
        '--precision',
        'fp32,fp16',
        '--precision',
        'int8',
        '--calibrate',
        faces,
        '--evaluate',
        faces,
      ];
      const { code, out: text, err } = await run('--model', folder, ...asked, '--report', report);
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(text).toMatch(/ fp32 {2}.*\n {2}fp16 {2}.*\n {2}int8 {2}/u);
      expect(text).toContain('Scored: output "probabilities", 60 pictures.');
      const { precisions, int8 } = JSON.parse(await readFile(report, 'utf8')) as Report;
      expect(precisions.map(({ file }) => file)).toEqual([
        'model.onnx',
        'model.fp16.onnx',
        'model.int8.onnx',
      ]);
      expect(precisions.map(({ scores }) => scores.samples)).toEqual([60, 60, 60]);
      expect([int8.images, int8.heldOut]).toEqual([48, 12]);
      const sha256 = precisions[2]?.sha256;
      const again = await run('--model', folder, '--precision', 'int8', '--report', report);
      expect({ code: again.code, err: again.err }).toEqual({ code: 0, err: '' });
      const reproduced = JSON.parse(await readFile(report, 'utf8')) as Report;
      expect(reproduced.precisions.map((made) => made.sha256)).toEqual([sha256]);
    }));

  test.each([
    [['--precision', 'int4'], "argument 'int4' is invalid. There are fp32, fp16, int8."],
    [['--precision', 'int8'], 'int8 needs to know what numbers flow in the model'],
    [['--calibrate', 'faces'], '--calibrate is for int8, which is not asked for'],
    [['--ranges', 'r.json'], '--ranges is for int8, which is not asked for'],
    [
      ['--precision', 'int8', '--ranges', 'r.json'],
      'Cannot take activation ranges from r.json: there is no such file',
    ],
    [
      ['--precision', 'int8', '--calibrate', 'no-faces'],
      'There are no pictures in no-faces: there is no such folder',
    ],
    [['--error-target', '0'], 'It must lie between 0 and 1'],
    [['--float-layers', '-1'], 'It must be a whole number'],
  ])('ends %j with one line and code 1', (options, message) =>
    withFolder(async (folder) => {
      await writeModelFolder(folder);
      const { code, err } = await run('--model', folder, ...options);
      expect(code).toBe(1);
      expect(err).toContain(message);
      expect((await readdir(folder)).sort()).toEqual(['card.json', 'model.json', 'weights.bin']);
    }),
  );

  test('refuses an option that it does not know', async () => {
    const { code, err } = await run('--modle', 'x');
    expect(code).toBe(1);
    expect(err).toContain("unknown option '--modle'");
  });
});
