import { mkdirSync, mkdtempSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findNewestExport, NoExportError } from './find-newest-export.ts';

const modelsFolder = (): string => mkdtempSync(join(tmpdir(), 'mien-exports-'));

const addModel = (folder: string, name: string, modified: string): string => {
  mkdirSync(join(folder, name, 'onnx'), { recursive: true });
  const file = join(folder, name, 'onnx', 'model.onnx');
  writeFileSync(file, '');
  utimesSync(file, new Date(modified), new Date(modified));
  return file;
};

describe('findNewestExport', () => {
  test('takes the model that was written last', async () => {
    const folder = modelsFolder();
    addModel(folder, 'zebra', '2026-01-01');
    const newest = addModel(folder, 'middle', '2026-01-03');
    addModel(folder, 'ant', '2026-01-02');
    mkdirSync(join(folder, 'unfinished'));
    writeFileSync(join(folder, 'notes.txt'), '');
    await expect(findNewestExport(folder)).resolves.toBe(newest);
  });

  test.each([
    ['an empty folder', modelsFolder()],
    ['no folder', '/no/such/folder'],
  ])('says how to make a model where there is %s', async (_, folder) => {
    const failure: unknown = await findNewestExport(folder).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(NoExportError);
    expect(failure).toMatchObject({ folder });
    expect((failure as Error).message).toContain('npx nx run export:onnx');
  });
});
