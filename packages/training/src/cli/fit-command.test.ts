import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseTrainedModelCard } from '@mien/contract';
import { fitCommand } from './fit-command.ts';
import { drawFaces, runCommand, type Outcome, type Stop } from './run-command.test-support.ts';

let folder = '';
let faces = '';

const fit = (args: readonly string[], stop?: Stop): Promise<Outcome> => runCommand('fit', args, stop);

/** Whole processes, on machines that may be busy. */
const SLOW_MS = 240_000;

const SETTINGS =
  '--backend wasm --arch document --augment none --batch 4 --epochs 3 --steps 8 --lr 0.0003'.split(' ');
const argumentsFor = (name: string): string[] => {
  const paths = ['--data', faces, '--out', join(folder, name), '--cache-dir', join(folder, 'cache')];
  return [...paths, ...SETTINGS];
};
const weights = (name: string): Promise<Buffer> => readFile(join(folder, name, 'weights.bin'));

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mien-fit-'));
  faces = join(folder, 'faces');
  await drawFaces(faces);
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('a whole run', () => {
  let whole: Outcome;
  beforeAll(async () => {
    whole = await fit(argumentsFor('whole'));
  }, SLOW_MS);

  test('ends well, with every file in place and nothing else', async () => {
    expect(whole.err).toBe('');
    expect(whole.code).toBe(0);
    expect((await readdir(join(folder, 'whole'))).toSorted()).toEqual([
      'card.json',
      'checkpoints',
      'history.json',
      'model.json',
      'report.html',
      'run.json',
      'tensorboard',
      'weights.bin',
    ]);
    const card = parseTrainedModelCard(
      JSON.parse(await readFile(join(folder, 'whole', 'card.json'), 'utf8')),
    );
    expect(card.labels).toEqual(['lower', 'upper']);
    expect(card.training.recipe).toMatchObject({ epochs: 3, batchSize: 4, learningRate: 0.0003 });
    expect(card.evaluation[0]?.accuracy).toBe(1);
  });

  test('says what it did, line by line where there is no terminal, and what to do next', () => {
    expect(whole.out).toMatch(/24|19 for training/u);
    expect(whole.out).toMatch(/^epoch 1 {2}loss .* validation: .*macro-F1/mu);
    expect(whole.out).toMatch(/95 % interval/u);
    expect(whole.out).toContain(`npx nx run export:onnx -- --model ${join(folder, 'whole')}`);
    expect(whole.out).not.toContain('\u001B');
  });

  test('is up to date when asked for again', async () => {
    const again = await fit(argumentsFor('whole'));
    expect(again).toMatchObject({ code: 0, err: '' });
    expect(again.out).toMatch(/up to date.*--fresh/u);
    expect(again.out.trim().split('\n')).toHaveLength(1);
  });

  test('is not replaced by a run with other settings', async () => {
    const other = await fit([...argumentsFor('whole'), '--seed', '2']);
    expect(other.code).toBe(1);
    expect(other.err).toMatch(/finished model.*seed: 1 → 2.*--fresh/u);
  });

  test(
    'and one that was killed in mid-epoch and resumed come to identical weights',
    async () => {
      // A checkpoint is there once the first epoch is told; the kill strikes somewhere in the second.
      const killed = await fit(argumentsFor('killed'), { when: /^epoch 1 {2}/mu, signal: 'SIGKILL' });
      expect(killed.signal).toBe('SIGKILL');
      const refused = await fit(argumentsFor('killed'));
      expect(refused.code).toBe(1);
      expect(refused.err).toMatch(/unfinished run.*--resume.*--fresh/u);
      const resumed = await fit([...argumentsFor('killed'), '--resume']);
      expect(resumed).toMatchObject({ code: 0, err: '' });
      expect((await weights('killed')).equals(await weights('whole'))).toBe(true);
    },
    SLOW_MS,
  );

  test(
    'and one that was stopped by Ctrl-C and resumed as it says come to identical weights',
    async () => {
      const stopped = await fit(argumentsFor('stopped'), { when: /^Folder/mu, signal: 'SIGINT' });
      expect(stopped.code).toBe(130);
      expect(stopped.err).toMatch(
        /^Stopped in epoch \d after step \d of 8; a checkpoint is saved\. Go on with: .*\n$/u,
      );
      const command = /Go on with: npx nx run training:fit -- (.*)$/mu.exec(stopped.err)?.[1] as string;
      expect(command).toBe([...argumentsFor('stopped'), '--resume'].join(' '));
      expect((await fit(command.split(' '))).code).toBe(0);
      expect((await weights('stopped')).equals(await weights('whole'))).toBe(true);
    },
    SLOW_MS,
  );
});

describe('what cannot be done is told in one line', () => {
  /** Runs `fit` in this process, up to where it refuses. */
  const refuse = async (args: readonly string[]): Promise<string> => {
    const command = fitCommand()
      .exitOverride()
      .configureOutput({ writeErr: () => undefined });
    const rest = ['--out', join(folder, 'never'), '--cache-dir', join(folder, 'cache')];
    const error: unknown = await command
      .parseAsync([...args, ...rest], { from: 'user' })
      .catch((reason) => reason);
    return (error as Error).message;
  };

  test.each<[string, string[], RegExp]>([
    ['an unknown flag', ['--learning-rate', '1'], /unknown option '--learning-rate'/u],
    ['a value that is no number', ['--lr', 'fast'], /--lr <rate>.*fast.*must be a number/u],
    ['a value out of its range', ['--epochs', '0'], /"epochs" is 0, but must be a whole number, 1 or more/u],
    ['an unknown choice', ['--optimizer', 'lion'], /Allowed choices are sgd/u],
    ['an unknown architecture', ['--arch', 'vgg'], /no architecture "vgg".*document, residual/u],
    ['augmentation that is no JSON', ['--augment', '{oops'], /--augment <what>.*none, document, residual/u],
    ['a share of teachers without any', ['--distillation', '0.3'], /"distillation" is 0\.3.*--teacher/u],
    ['a weight of labels not learnt', ['--own-labels-weight', '1'], /"ownLabelsWeight" is 1.*--own-labels/u],
    ['a protocol without votes', ['--protocol', 'majority'], /majority protocol.*votes/u],
    ['flags that exclude each other', ['--resume', '--fresh'], /cannot be used with/u],
    ['a folder that is not there', ['--data', '/no/such/folder'], /\/no\/such\/folder/u],
  ])('%s', async (_, args, message) => {
    const told = await refuse(args);
    expect(told).toMatch(message);
    expect(told).not.toContain('\n');
    await expect(readdir(join(folder, 'never'))).rejects.toThrow(/ENOENT/u);
  });

  test.each([
    ['of an unknown flag', ['--foo']],
    ['of a folder that is not there', ['--data', '/no/such/folder']],
  ])('with an exit code, in the case %s', async (_, args) => {
    const { code, err, out } = await fit([...args, '--out', join(folder, 'never')]);
    expect(code).toBe(1);
    expect(out).toBe('');
    expect(err).toMatch(/^[^\n]+\n$/u);
  });
});
