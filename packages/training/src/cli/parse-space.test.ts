import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseSpace } from './parse-space.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mien-space-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

const fileOf = async (text: string): Promise<string> => {
  const file = join(folder, 'space.json');
  await writeFile(file, text);
  return file;
};

test('axes add up, a later one replaces an earlier one, and a file is kept beside them', async () => {
  const file = await fileOf(
    '{"learningRate": "0.01..0.3:log", "batchSize": [32, 64], "mixup": 0.2, "weightDecay": [0, "1e-5..1e-2:log"]}',
  );
  const given = ['mixup=0,0.1', file, 'mixup=off'].reduce((result, text) => parseSpace(text, result), {
    changes: {},
  });
  expect(given).toEqual({
    whole: {
      learningRate: '0.01..0.3:log',
      batchSize: '32,64',
      mixup: '0.2',
      weightDecay: '0,1e-5..1e-2:log',
    },
    changes: { mixup: 'off' },
  });
});

test.each(['mixup', '=1', 'mixup=', 'label smoothing=1'])('%p is no axis with a domain', (text) => {
  expect(() => parseSpace(text, { changes: {} })).toThrow(/axis=domain/u);
});

test.each<[string, RegExp]>([
  ['{', /cannot be read as JSON/u],
  ['[1]', /must hold an object/u],
  ['{"mixup": {"from": 1}}', /Axis "mixup" must be a number, a text/u],
  ['{"mixup": []}', /Axis "mixup"/u],
])('a file that holds %s is refused', async (text, message) => {
  const file = await fileOf(text);
  expect(() => parseSpace(file, { changes: {} })).toThrow(message);
});
