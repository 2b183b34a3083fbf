import type { ModelCard } from '@mien/contract';
import { spawn } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
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

describe('export:onnx', () => {
  test('converts, proves and says what to do next', () =>
    withFolder(async (folder) => {
      await writeModelFolder(folder);
      const out = join(folder, 'out');
      const { code, out: text, err } = await run('--model', folder, '--out', out);
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(text).toMatch(/random pixels, batch 3: \d\.\d+e-\d+/u);
      expect(text).toContain('Graph: 6 nodes');
      expect(text).toContain('npx nx run infer-node:classify');
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

  test('gives the files another name, which the card knows too', () =>
    withFolder(async (folder) => {
      await writeModelFolder(folder);
      const out = join(folder, 'out');
      const { code } = await run('--model', folder, '--out', out, '--name', 'smile');
      expect(code).toBe(0);
      expect(await readdir(out)).toEqual(['smile.card.json', 'smile.onnx']);
      const card = JSON.parse(await readFile(join(out, 'smile.card.json'), 'utf8')) as ModelCard;
      expect(card.graph.file).toBe('smile.onnx');
    }));

  test('refuses a name that would lead out of the folder', async () => {
    const { code, err } = await run('--name', '../smile');
    expect(code).toBe(1);
    expect(err).toContain("option '--name <name>' argument '../smile' is invalid");
  });

  test('refuses an option that it does not know', async () => {
    const { code, err } = await run('--modle', 'x');
    expect(code).toBe(1);
    expect(err).toContain("unknown option '--modle'");
  });
});
