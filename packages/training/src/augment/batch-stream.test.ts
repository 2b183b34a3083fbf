import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createRandom } from '@mien/contract';
import { DOCUMENT_RECIPE, NO_AUGMENTATION, RESIDUAL_RECIPE, type AugmentRecipe } from './augment-recipe.ts';
import type { Batch, BatchStream } from './batch.ts';
import { createBatchStream, type BatchStreamOptions } from './batch-stream.ts';
import { StreamClosedError } from './ordered-workers.ts';
import { InvalidAugmentSettingError } from './validate-recipe.ts';

const COUNT = 10;
const CLASSES = 3;

const optionsFor = (changes: Partial<BatchStreamOptions> = {}): BatchStreamOptions => {
  const { widthPx = 12, heightPx = 10, channels = 1 } = changes;
  const random = createRandom(9);
  const pixels = new Uint8Array(new SharedArrayBuffer(COUNT * widthPx * heightPx * channels));
  for (let index = 0; index < pixels.length; index++) pixels[index] = random.integer(256);
  const targets = new Float32Array(COUNT * CLASSES);
  for (let sample = 0; sample < COUNT; sample++) targets[sample * CLASSES + (sample % CLASSES)] = 1;
  const sources = Array.from({ length: COUNT }, (_, sample) => `${sample}.png`);
  const split = { count: COUNT, pixels, targets, sources, scored: new Uint8Array(COUNT).fill(1) };
  const recipe = { ...RESIDUAL_RECIPE, mixupAlpha: 0.4 };
  const rest = { classes: CLASSES, batchSize: 4, seed: 3, workers: 0 };
  return { split, widthPx, heightPx, channels, recipe, ...rest, ...changes };
};

const take = async (stream: BatchStream, count: number): Promise<Batch[]> => {
  const batches: Batch[] = [];
  try {
    while (batches.length < count) batches.push(await stream.next());
  } finally {
    await stream.close();
  }
  return batches;
};

/** Worker threads of this process that are alive now, as Node's own diagnostic report lists them. */
const runningThreads = (): number => (process.report.getReport() as { workers: unknown[] }).workers.length;

const rows = (values: Float32Array, length: number): number[][] =>
  Array.from({ length: values.length / length }, (_, row) => [
    ...values.subarray(row * length, (row + 1) * length),
  ]);

describe('createBatchStream', () => {
  test.each([1, 3])('gives the same bits with %i worker threads as without any', async (workers) => {
    const expected = await take(createBatchStream(optionsFor()), 9);
    expect(await take(createBatchStream(optionsFor({ workers })), 9)).toEqual(expected);
  });

  test('goes on at firstStep where an uninterrupted stream would', async () => {
    const whole = await take(createBatchStream(optionsFor()), 9);
    expect(await take(createBatchStream(optionsFor({ firstStep: 6 })), 3)).toEqual(whole.slice(6));
    expect(await take(createBatchStream(optionsFor({ firstStep: 6, workers: 2 })), 3)).toEqual(
      whole.slice(6),
    );
  });

  test('depends on the seed', async () => {
    const [first] = await take(createBatchStream(optionsFor()), 1);
    const [other] = await take(createBatchStream(optionsFor({ seed: 4 })), 1);
    expect(first?.pixels).not.toEqual(other?.pixels);
  });

  test.each([1, 3] as const)(
    'hands out untouched images, each once per epoch (%i channels)',
    async (channels) => {
      const options = optionsFor({ recipe: NO_AUGMENTATION, channels, batchSize: 5 });
      const batches = await take(createBatchStream(options), 4);
      const length = options.widthPx * options.heightPx * channels;
      const key = (row: number[]): string => row.join();
      const originals = rows(Float32Array.from(options.split.pixels), length).map(key);
      const originalTargets = rows(options.split.targets, CLASSES).map(key);
      for (const epoch of [batches.slice(0, 2), batches.slice(2)]) {
        const seen = epoch.flatMap((batch) =>
          rows(batch.pixels, length).map((row) => originals.indexOf(key(row))),
        );
        expect([...seen].sort((a, b) => a - b)).toEqual([...originals.keys()]);
        const targets = epoch.flatMap((batch) => rows(batch.targets, CLASSES).map(key));
        expect(targets).toEqual(seen.map((sample) => originalTargets[sample]));
      }
    },
  );

  test('varies a sample anew in every epoch', async () => {
    const options = optionsFor({ recipe: DOCUMENT_RECIPE, batchSize: COUNT });
    const [first, second] = await take(createBatchStream(options), 2);
    const length = options.widthPx * options.heightPx;
    const all = [first, second].flatMap((batch) =>
      rows(batch?.pixels ?? new Float32Array(), length).map(String),
    );
    expect(new Set(all).size).toBe(2 * COUNT);
  });

  test('keeps values in [0, 255] and rows of targets at 1, mixup included', async () => {
    const batches = await take(createBatchStream(optionsFor()), 10);
    for (const { pixels, targets } of batches) {
      expect(pixels.every((value) => value >= 0 && value <= 255)).toBe(true);
      for (const row of rows(targets, CLASSES))
        expect(row.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 6);
    }
    expect(batches.some(({ targets }) => targets.some((value) => value > 0.01 && value < 0.99))).toBe(true);
  });

  test('cuts crops of the asked size out of the picture', async () => {
    const options = optionsFor({ recipe: { ...NO_AUGMENTATION, cropPx: 7 } });
    const { split, widthPx, heightPx } = options;
    const crops = new Set<string>();
    for (let sample = 0; sample < COUNT; sample++)
      for (let top = 0; top <= heightPx - 7; top++)
        for (let left = 0; left <= widthPx - 7; left++) {
          const at = (index: number) => (top + Math.floor(index / 7)) * widthPx + left + (index % 7);
          const start = sample * widthPx * heightPx;
          crops.add(Array.from({ length: 49 }, (_, index) => split.pixels[start + at(index)]).join());
        }
    const batches = await take(createBatchStream(options), 20);
    const cut = batches.flatMap(({ pixels }) => rows(pixels, 49).map(String));
    expect(batches[0]).toMatchObject({ heightPx: 7, widthPx: 7, size: 4 });
    expect(cut.every((crop) => crops.has(crop))).toBe(true);
    expect(new Set(cut).size).toBeGreaterThan(40);
  });

  test('pads before cropping to the same size: the picture shifts by whole pixels', async () => {
    const recipe: AugmentRecipe = { ...NO_AUGMENTATION, cropPaddingPx: 2, fillMode: 'constant', cval: 7 };
    const [batch] = await take(createBatchStream(optionsFor({ recipe, batchSize: COUNT })), 1);
    expect(batch).toMatchObject({ heightPx: 10, widthPx: 12 });
    const filledRows = rows(batch?.pixels ?? new Float32Array(), 120).map(
      (image) => rows(Float32Array.from(image), 12).filter((row) => row.every((value) => value === 7)).length,
    );
    expect(Math.max(...filledRows)).toBe(2);
    expect(Math.min(...filledRows)).toBe(0);
  });

  test('reads images that do not lie in shared memory, too', async () => {
    const options = optionsFor({ workers: 1 });
    const split = { ...options.split, pixels: Uint8Array.from(options.split.pixels) };
    const expected = await take(createBatchStream(options), 2);
    expect(await take(createBatchStream({ ...options, split }), 2)).toEqual(expected);
  });

  test.each([0, 2])('ends its %i worker threads with close', async (workers) => {
    const before = runningThreads();
    const stream = createBatchStream(optionsFor({ workers }));
    await stream.next();
    expect(runningThreads()).toBe(before + workers);
    await stream.close();
    expect(runningThreads()).toBe(before);
    await expect(stream.next()).rejects.toThrow(StreamClosedError);
  });

  test('does not keep the process alive when nobody waits for a batch', async () => {
    const root = fileURLToPath(new URL('../../../../', import.meta.url));
    const program = fileURLToPath(new URL('./unclosed-stream.test-support.ts', import.meta.url));
    const flags = ['--conditions=@mien/source', '--import', './tools/register-source.mjs'];
    const ended = await promisify(execFile)(process.execPath, [...flags, program], {
      cwd: root,
      timeout: 30_000,
    });
    expect(ended.stdout).toBe('took 3\n');
  });

  test.each([
    ['batchSize', { batchSize: 0 }],
    ['workers', { workers: -1 }],
    ['firstStep', { firstStep: 0.5 }],
    ['seed', { seed: -1 }],
    ['split.targets.length', { classes: 4 }],
    ['split.pixels.length', { split: { ...optionsFor().split, pixels: new Uint8Array(7) } }],
    ['split.count', { split: { ...optionsFor().split, count: 0 } }],
    ['recipe.cropPx', { recipe: { ...NO_AUGMENTATION, cropPx: 11 } }],
  ] as const)('refuses a wrong %s by name', (field, changes) => {
    const call = () => createBatchStream({ ...optionsFor(), ...changes });
    expect(call).toThrow(InvalidAugmentSettingError);
    expect(call).toThrow(expect.objectContaining({ field }));
  });
});
