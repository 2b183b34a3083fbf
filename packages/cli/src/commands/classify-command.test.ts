import { expressionModel } from '@mien/models';
import sharp from 'sharp';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CommanderError } from 'commander';
import { tinyCard, writeTinyClassifier } from '../../../infer-node/src/tiny-classifier.test-support.ts';
import { createProgram } from '../create-program.ts';
import { keptTerminal } from '../terminal/terminal.test-support.ts';

const { folder, model } = writeTinyClassifier();

beforeAll(async () => {
  const half = (bright: (x: number, y: number) => boolean) =>
    sharp(
      Uint8Array.from({ length: 64 }, (_, index) => (bright(index % 8, Math.floor(index / 8)) ? 255 : 0)),
      { raw: { width: 8, height: 8, channels: 1 } },
    );
  await half((x) => x < 4)
    .png()
    .toFile(join(folder, 'left.png'));
  await half((_, y) => y >= 4)
    .png()
    .toFile(join(folder, 'bottom.png'));
  writeFileSync(join(folder, 'broken.png'), 'no picture');
});
afterAll(() => rmSync(folder, { recursive: true }));

const run = async (...args: readonly string[]) => {
  const terminal = keptTerminal({ cwd: folder });
  let exitCode: number | string | undefined | null;
  try {
    await createProgram(terminal).parseAsync(['classify', ...args], { from: 'user' });
    ({ exitCode } = process);
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    exitCode = error.exitCode === 0 ? 0 : 2;
  } finally {
    process.exitCode = undefined;
  }
  return { exitCode, printed: terminal.stdout.text, errors: terminal.stderr.text };
};

describe('classify', () => {
  test('says what is in use, and shows every picture in the order given', async () => {
    const { exitCode, printed, errors } = await run(
      '--model',
      'model.onnx',
      'left.png',
      'bottom.png',
      '--workers',
      '2',
    );
    expect(errors).toBe('');
    expect(exitCode).toBe(0);
    const lines = printed.split('\n');
    expect(lines.slice(0, 3)).toEqual([
      'Model   model.onnx (tiny, 4 labels, trained on none)',
      'Device  cpu',
      '',
    ]);
    expect(lines[3]).toBe('left.png');
    expect(lines[4]).toMatch(/^ {2}left {4}█+/u);
    expect(lines[9]).toBe('bottom.png');
    expect(lines[10]).toMatch(/^ {2}bottom {2}█+/u);
  });

  test('asks the model that ships with Mien where none is named, and says so first', async () => {
    const { exitCode, printed, errors } = await run('left.png');
    expect(errors).toBe('');
    expect(exitCode).toBe(0);
    const [first] = printed.split('\n');
    expect(first).toContain(`Model   ${fileURLToPath(expressionModel.fp32.model)} (`);
  });

  test('goes on after a broken picture, and tells by its exit code', async () => {
    const { exitCode, printed, errors } = await run('--model', model, 'broken.png', 'none.png', 'left.png');
    expect(exitCode).toBe(1);
    expect(printed).toContain('left.png');
    expect(errors.trim().split('\n')).toEqual([
      expect.stringMatching(/^Cannot decode .*broken\.png: it is no picture\./u),
      expect.stringMatching(/^Cannot read .*none\.png: there is no such file; check the path\.$/u),
    ]);
  });

  test('prints one JSON document with every probability, the model and the device', async () => {
    const { exitCode, printed, errors } = await run('--json', '--model', folder, 'left.png', 'broken.png');
    expect(exitCode).toBe(1);
    expect(errors).toBe('');
    const { graph, labels } = tinyCard();
    expect(JSON.parse(printed)).toEqual({
      model: { path: model, name: 'tiny', labels, sha256: graph.sha256 },
      device: { requested: 'cpu', provider: 'cpu' },
      images: [
        {
          image: 'left.png',
          reading: {
            label: 'left',
            probability: expect.any(Number),
            probabilities: labels.map((label) => ({ label, probability: expect.any(Number) })),
          },
        },
        {
          image: 'broken.png',
          error: { name: 'UndecodableImageError', message: expect.stringContaining('broken.png') },
        },
      ],
    });
  });

  test('tells times, the self-test and stack traces when asked', async () => {
    const { printed, errors } = await run('--verbose', '--model', model, 'left.png', 'broken.png');
    expect(printed).toMatch(/^Check {3}self-test within \d\.\de-\d+ of the card$/mu);
    expect(errors).toMatch(/^UndecodableImageError: .*\n {4}at /mu);
    expect(errors).toMatch(/^Loaded in \d+\.\d\d s, 2 pictures in \d+\.\d\d s$/mu);
  });

  test.each([
    ['no picture', [], 'missing required argument'],
    ['an unknown flag', ['--modle', 'x', 'left.png'], 'Did you mean --model?'],
    ['an unknown device', ['--device', 'gpu', 'left.png'], 'Allowed choices are auto, cpu, cuda, webgpu'],
    ['a wrong number', ['--workers', 'many', 'left.png'], 'whole number from 1'],
  ])('refuses a command line with %s', async (_, args, words) => {
    const { exitCode, printed, errors } = await run(...args);
    expect(exitCode).toBe(2);
    expect(printed).toBe('');
    expect(errors).toContain(words);
    expect(errors).toContain('--help');
  });

  test.each([
    ['a model that is not there', ['--model', 'none.onnx', 'left.png'], 'Cannot read the model'],
    ['a wrong card', ['--model', model, '--card', 'left.png', 'left.png'], 'is not a valid model card'],
    ['more workers than the device takes', ['--device', 'webgpu', '--workers', '2', 'left.png'], 'WebGPU'],
  ])('says in one line what is wrong with %s', async (_, args, words) => {
    const { exitCode, errors } = await run(...args);
    expect(exitCode).toBe(1);
    expect(errors).toContain(words);
    expect(errors.trim().split('\n')).toHaveLength(1);
  });

  test('helps, with examples', async () => {
    const { exitCode, printed } = await run('--help');
    expect(exitCode).toBe(0);
    expect(printed).toContain('mien classify face.png');
  });
});
