import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ChangedCodeError } from './changed-code-error.ts';
import { CorruptCheckpointError, readCheckpoint, writeCheckpoint } from './checkpoint.ts';
import { CheckpointStore } from './checkpoint-store.ts';
import { ChangedSettingsError } from './settings-changes.ts';
import { NO_STEPS } from './step-metrics.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mien-checkpoint-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const vectors = new Map([
  ['odd', Float32Array.of(1 / 3, -0, 1e-40)],
  ['empty', new Float32Array()],
  ['large', new Float32Array(1000).map((_, index) => Math.sin(index))],
]);

test('gives back every bit, whatever the header', async () => {
  const file = join(folder, 'deep', 'x.checkpoint');
  // Umlauts make the header's bytes more than its characters.
  const header = { settings: { name: 'über' }, sum: 0.1 + 0.2 };
  await writeCheckpoint(file, { header, vectors });
  const read = await readCheckpoint(file);
  expect(read.header).toEqual(header);
  expect([...read.vectors.keys()]).toEqual([...vectors.keys()]);
  for (const [name, vector] of vectors) {
    const same = read.vectors.get(name) as Float32Array;
    expect(Buffer.from(same.buffer, same.byteOffset, same.byteLength)).toEqual(Buffer.from(vector.buffer));
  }
  expect(await readdir(join(folder, 'deep'))).toEqual(['x.checkpoint']);
});

const damage: [string, (bytes: Buffer) => Buffer][] = [
  ['cut short', (bytes) => bytes.subarray(0, -5)],
  ['cut off in its header', (bytes) => bytes.subarray(0, 30)],
  [
    'changed in one bit',
    (bytes) => Buffer.from(bytes.map((byte, index) => (index === bytes.length - 9 ? byte ^ 1 : byte))),
  ],
  ['empty', () => Buffer.alloc(0)],
  ['of another kind', () => Buffer.from('{"format": "layers-model"}')],
];
test.each(damage)('refuses a file that is %s, and says what to do', async (_, breakIt) => {
  const file = join(folder, 'x.checkpoint');
  await writeCheckpoint(file, { header: {}, vectors });
  await writeFile(file, breakIt(await readFile(file)));
  await expect(readCheckpoint(file)).rejects.toThrow(CorruptCheckpointError);
  await expect(readCheckpoint(file)).rejects.toThrow(/x\.checkpoint.*--fresh/u);
});

describe('CheckpointStore', () => {
  const run = { settings: { seed: 1, recipe: { epochs: 3 } }, code: 'first' };
  const progress = { history: [], sums: NO_STEPS };

  test('has nothing to go on from at first', async () => {
    expect(await CheckpointStore.hasRun(folder)).toBe(false);
    expect(await new CheckpointStore(folder, run).readLast()).toBeUndefined();
  });

  test('goes on under the same settings alone', async () => {
    await new CheckpointStore(folder, run).writeLast(progress, vectors);
    expect(await CheckpointStore.hasRun(folder)).toBe(true);
    const last = await new CheckpointStore(folder, { ...run }).readLast();
    expect(last?.header).toMatchObject(progress);
    const other = new CheckpointStore(folder, { ...run, settings: { seed: 2, recipe: { epochs: 3 } } });
    await expect(other.readLast()).rejects.toThrow(ChangedSettingsError);
    await expect(other.readLast()).rejects.toThrow(/seed: 1 → 2/u);
  });

  test('goes on under other code only where that is accepted, and remembers all that had a part', async () => {
    await new CheckpointStore(folder, run).writeLast(progress, vectors);
    const changed = { ...run, code: 'second' };
    await expect(new CheckpointStore(folder, changed).readLast()).rejects.toThrow(ChangedCodeError);
    await expect(new CheckpointStore(folder, changed).readLast()).rejects.toThrow('--accept-new-code');
    const accepting = new CheckpointStore(folder, { ...changed, acceptsNewCode: true });
    await accepting.readLast();
    expect(accepting.codes).toEqual(['first', 'second']);
    await accepting.writeLast(progress, vectors);
    const again = new CheckpointStore(folder, changed);
    await again.readLast();
    expect(again.codes).toEqual(['first', 'second']);
  });

  test('keeps the best apart from the last', async () => {
    const store = new CheckpointStore(folder, run);
    await store.writeBest(new Map([['parameters', Float32Array.of(7)]]));
    await store.writeLast(progress, vectors);
    expect((await store.readBest()).get('parameters')).toEqual(Float32Array.of(7));
  });
});
