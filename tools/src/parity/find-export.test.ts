import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkExport, findNewestExport, NoExportError } from './find-export.ts';

describe('the newest export', () => {
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'mien-exports-'))));
  afterEach(() => rm(folder, { recursive: true }));

  test('is the one whose graph was written last; folders without a graph do not count', async () => {
    for (const [name, writtenAt] of [
      ['older', 1000],
      ['newest', 3000],
      ['middle', 2000],
    ] as const) {
      await mkdir(join(folder, name, 'onnx'), { recursive: true });
      await writeFile(join(folder, name, 'onnx', 'model.card.json'), '');
      await writeFile(join(folder, name, 'onnx', 'model.onnx'), '');
      await utimes(join(folder, name, 'onnx', 'model.onnx'), writtenAt, writtenAt);
    }
    await mkdir(join(folder, 'unfinished'));
    await expect(findNewestExport(folder)).resolves.toBe(join(folder, 'newest', 'onnx', 'model.onnx'));
  });

  test('is taken as it was named where it is whole, and refused where it is not', async () => {
    await writeFile(join(folder, 'model.onnx'), '');
    await expect(checkExport(folder)).rejects.toThrow(NoExportError);
    await writeFile(join(folder, 'model.card.json'), '');
    await expect(checkExport(folder)).resolves.toBe(join(folder, 'model.onnx'));
  });

  test('may have another name', async () => {
    const graph = join(folder, 'smile.onnx');
    await writeFile(graph, '');
    await expect(checkExport(graph)).rejects.toThrow(NoExportError);
    await writeFile(join(folder, 'smile.card.json'), '');
    await expect(checkExport(graph)).resolves.toBe(graph);
  });

  test('does not exist where nothing was exported, and the error says how to export', async () => {
    await expect(findNewestExport(folder)).rejects.toThrow(NoExportError);
    await expect(findNewestExport(join(folder, 'none'))).rejects.toThrow('npx nx run export:onnx');
  });
});
