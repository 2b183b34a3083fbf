import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drawFaces, runCommand, type Outcome, type Stop } from './run-command.test-support.ts';
import { tuneCommand } from './tune-command.ts';

let folder = '';
let faces = '';

/** Whole processes, on machines that may be busy. */
const SLOW_MS = 300_000;

const SETTINGS =
  '--backend wasm --arch document --augment none --batch 4 --steps 4 --epochs 4 --trials 4 --factor 2'.split(
    ' ',
  );
const SPACE = [
  '--space',
  'learningRate=1e-5..1e-3:log',
  '--space',
  'erasing=off',
  '--space',
  'augmentation=off',
];

const argumentsFor = (name: string): string[] => {
  const paths = ['--data', faces, '--out', join(folder, name), '--cache-dir', join(folder, 'cache')];
  return [...paths, ...SETTINGS, ...SPACE];
};

const tune = (args: readonly string[], stop?: Stop): Promise<Outcome> => runCommand('tune', args, stop);

interface Board {
  readonly isComplete: boolean;
  readonly best?: { readonly trial: number; readonly command: string };
  readonly trials: readonly {
    readonly trial: number;
    readonly status: string;
    readonly epochs: number;
    readonly rank?: number;
    readonly failure?: string;
  }[];
}

const readBoard = async (name: string): Promise<Board> =>
  JSON.parse(await readFile(join(folder, name, 'leaderboard.json'), 'utf8')) as Board;

/** A leaderboard without what no two runs have in common: times, and the folder's name in messages. */
const comparable = async (name: string): Promise<unknown> =>
  JSON.parse(await readFile(join(folder, name, 'leaderboard.json'), 'utf8'), (key, value: unknown) =>
    key === 'seconds' || key === 'imagesPerSecond' ? undefined : value,
  );

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mien-tune-'));
  faces = join(folder, 'faces');
  await drawFaces(faces);
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('a whole search', () => {
  let whole: Outcome;
  beforeAll(async () => {
    whole = await tune(argumentsFor('whole'));
  }, SLOW_MS);

  test('ends well, with one trial in four trained to the end', async () => {
    expect(whole.err).toBe('');
    expect(whole.code).toBe(0);
    const { isComplete, trials } = await readBoard('whole');
    expect(isComplete).toBe(true);
    expect(trials.map(({ epochs }) => epochs)).toEqual([4, 2, 1, 1]);
    expect(trials.map(({ status }) => status)).toEqual(['finished', 'stopped', 'stopped', 'stopped']);
  });

  test('says what it does, a line for each turn, and what to believe of it', () => {
    expect(whole.out).toMatch(/4 × 1 epochs → 2 × 2 epochs → 1 × 4 epochs/u);
    expect(whole.out.match(/^rung \d\/3 {2}trial \d\/4 {2}\d epochs {2}accuracy/gmu)).toHaveLength(7);
    expect(whole.out).toMatch(/figures are optimistic/u);
    expect(whole.out).toMatch(/95 % interval/u);
    expect(whole.out).not.toContain('\u001B');
  });

  test(
    'prints the command that makes the best model again, bit for bit',
    async () => {
      const { best } = await readBoard('whole');
      const command = /^npx nx run training:fit -- (.*)$/u.exec(best?.command ?? '')?.[1] as string;
      expect(whole.out).toContain(command);
      const out = join(folder, 'again');
      const again = await runCommand('fit', [
        ...command.replaceAll("'", '').split(' '),
        '--out',
        out,
        '--cache-dir',
        join(folder, 'cache'),
      ]);
      expect(again).toMatchObject({ code: 0, err: '' });
      const trial = join(folder, 'whole', 'trials', String(best?.trial).padStart(3, '0'));
      const [made, searched] = await Promise.all(
        [out, trial].map((model) => readFile(join(model, 'weights.bin'))),
      );
      expect(made).toEqual(searched);
    },
    SLOW_MS,
  );

  test(
    'trains nothing twice when asked for again, and only what is missing when asked for more trials',
    async () => {
      await cp(join(folder, 'whole'), join(folder, 'more'), { recursive: true });
      const again = await tune(argumentsFor('more'));
      expect(again).toMatchObject({ code: 0, err: '' });
      expect(again.out).toMatch(/going on; 8 epochs are done/u);
      expect(again.out).not.toMatch(/^rung/mu);
      const more = await tune([...argumentsFor('more'), '--trials', '5']);
      expect(more).toMatchObject({ code: 0, err: '' });
      expect(more.out).toMatch(/^rung 1\/3 {2}trial 5\/5 {2}1 epochs/mu);
      expect(more.out).not.toMatch(/^rung 1\/3 {2}trial [1-4]/mu);
    },
    SLOW_MS,
  );

  test(
    'is not mixed with one of other trials',
    async () => {
      const other = await tune([...argumentsFor('whole'), '--seed', '2']);
      expect(other.code).toBe(1);
      expect(other.err).toMatch(/options\.seed: 1 → 2.*--out.*--fresh/u);
      expect(other.err.trim().split('\n')).toHaveLength(1);
    },
    SLOW_MS,
  );

  test(
    'and one that was killed twice come to the same leaderboard',
    async () => {
      for (const when of [
        /^rung 1\/3 {2}trial 1\/4 {2}1 epochs/mu,
        /^rung 2\/3 {2}trial \d\/4 {2}2 epochs/mu,
      ]) {
        const killed = await tune(argumentsFor('killed'), { when, signal: 'SIGKILL' });
        expect(killed.signal).toBe('SIGKILL');
      }
      expect(await tune(argumentsFor('killed'))).toMatchObject({ code: 0, err: '' });
      expect(await comparable('killed')).toEqual(await comparable('whole'));
    },
    SLOW_MS,
  );

  test(
    'and one that was stopped by Ctrl-C and gone on with as it says come to the same leaderboard',
    async () => {
      const stopped = await tune(argumentsFor('stopped'), { when: /trial 2\/4/u, signal: 'SIGINT' });
      expect(stopped.code).toBe(130);
      expect(stopped.err).toMatch(
        /^Stopped in trial \d of 4; everything so far is saved\. Go on with: .*\n$/u,
      );
      const command = /Go on with: npx nx run training:tune -- (.*)$/mu.exec(stopped.err)?.[1] as string;
      expect(command).toBe(argumentsFor('stopped').join(' '));
      expect((await tune(command.split(' '))).code).toBe(0);
      expect(await comparable('stopped')).toEqual(await comparable('whole'));
    },
    SLOW_MS,
  );
});

describe('a trial that breaks down', () => {
  const brokenArguments = (name: string, rates: string, trials: string): string[] => {
    const domains = [`learningRate=${rates}`, 'weightDecay=off', 'mixup=off', 'labelSmoothing=off'];
    const rest = `--no-baseline --optimizer sgd --trials ${trials} --method random --epochs 1`;
    return [...argumentsFor(name), ...domains.flatMap((domain) => ['--space', domain]), ...rest.split(' ')];
  };

  test(
    'is noted, and the search goes on',
    async () => {
      const { code, out, err } = await tune(brokenArguments('broken', '1e30,0.001', '2'));
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(out).toMatch(
        /diverged: the loss was (?:NaN|Infinity) in epoch 1, step \d, at a learning rate of 1e\+30/u,
      );
      const { trials } = await readBoard('broken');
      expect(trials.map(({ status, rank }) => [status, rank])).toEqual([
        ['finished', 1],
        ['diverged', undefined],
      ]);
    },
    SLOW_MS,
  );

  test(
    'leaves nothing to recommend where it is the only one, and a code that says so',
    async () => {
      const { code, out } = await tune(brokenArguments('all broken', '1e30', '1'));
      expect(code).toBe(1);
      expect(out).toMatch(/No trial could be trained/u);
      expect((await readBoard('all broken')).best).toBeUndefined();
    },
    SLOW_MS,
  );
});

describe('what cannot be searched is told in one line', () => {
  const refuse = async (args: readonly string[]): Promise<string> => {
    const command = tuneCommand()
      .exitOverride()
      .configureOutput({ writeErr: () => undefined });
    const rest = ['--out', join(folder, 'never'), '--cache-dir', join(folder, 'cache')];
    const error: unknown = await command
      .parseAsync([...args, ...rest], { from: 'user' })
      .catch((reason) => reason);
    return (error as Error).message;
  };

  test.each<[string, string[], RegExp]>([
    ['an unknown axis', ['--space', 'width=1,2'], /"axis" is "width".*learningRate/u],
    ['a domain that is none', ['--space', 'mixup=some'], /"mixup" is "some".*0\.01\.\.0\.3:log/u],
    ['an axis without a domain', ['--space', 'mixup'], /--space <axis=domain>.*axis=off/u],
    [
      'a setting that is fixed and searched',
      ['--lr', '0.1', '--space', 'learningRate=0.1,1'],
      /a flag gives/u,
    ],
    ['a value that training refuses', ['--space', 'labelSmoothing=2,3'], /"labelSmoothing" is \d/u],
    ['no trials', ['--trials', '0'], /"trials" is 0/u],
    ['an unknown method', ['--method', 'grid'], /Allowed choices are halving, random/u],
    ['an unknown architecture', ['--arch', 'vgg'], /no architecture "vgg"/u],
    ['a file that is not there', ['--space', '/no/such.json'], /cannot be read as JSON: ENOENT/u],
  ])('%s', async (_, args, message) => {
    const told = await refuse(args);
    expect(told).toMatch(message);
    expect(told).not.toContain('\n');
  });

  test('images that are not there, with an exit code and nothing left behind', async () => {
    const { code, err } = await tune(['--data', '/no/such/folder', '--out', join(folder, 'never')]);
    expect(code).toBe(1);
    expect(err).toMatch(/^[^\n]*\/no\/such\/folder[^\n]*\n$/u);
    await expect(readdir(join(folder, 'never'))).rejects.toThrow(/ENOENT/u);
  });
});
