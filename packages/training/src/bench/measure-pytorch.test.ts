import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measurePyTorch, PyTorchUnavailableError } from './measure-pytorch.ts';

let dir = '';
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'mien-pytorch-'));
});
afterAll(() => rm(dir, { recursive: true }));

/** Writes a program that stands in for somebody's Python. */
const pythonThat = async (name: string, body: string, mode = 0o755): Promise<string> => {
  const file = join(dir, name);
  await writeFile(file, `#!${process.execPath}\n${body}\n`, { mode });
  return file;
};

const measure = (python: string) =>
  measurePyTorch({ python, mode: 'channels_last', batchSize: 32, steps: 5 });

describe('measurePyTorch', () => {
  test('runs the script with the mode, the batch and the steps, and reads what it prints', async () => {
    const python = await pythonThat(
      'python',
      `const [script, ...args] = process.argv.slice(2);
       const torch = [require('path').basename(script), ...args].join(' ');
       console.log(JSON.stringify({ torch, threads: 2, parameters: 3, imagesPerSecond: 4.5 }));`,
    );
    expect(await measure(python)).toEqual({
      torch: 'pytorch_step.py --mode channels_last --batch 32 --steps 5',
      threads: 2,
      parameters: 3,
      imagesPerSecond: 4.5,
    });
  });

  test('says that there is no torch, in the words of the script', async () => {
    const python = await pythonThat(
      'bare',
      `console.error('first line\\nit has no module torch'); process.exitCode = 1;`,
    );
    await expect(measure(python)).rejects.toThrow(PyTorchUnavailableError);
    await expect(measure(python)).rejects.toThrow(`"${python}": it has no module torch. Give a Python`);
  });

  test('says that there is no such program, or that it may not be run', async () => {
    await expect(measure(join(dir, 'nowhere'))).rejects.toThrow('there is no such program');
    await expect(measure(await pythonThat('locked', '', 0o644))).rejects.toThrow('it may not be executed');
  });

  test.each([
    ['silent', ''],
    ['no JSON', `console.log('hello')`],
    ['no speed', `console.log(JSON.stringify({ torch: '2', imagesPerSecond: 0 }))`],
  ])('refuses an answer that is no measurement: %s', async (name, body) => {
    await expect(measure(await pythonThat(name.replace(' ', '-'), body))).rejects.toThrow('it answered "');
  });
});
