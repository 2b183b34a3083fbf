import { isMienError, type ModelCard } from '@mien/contract';
import { expressionModel } from '@mien/models';
import sharp from 'sharp';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { runProgram } from './child-program.test-support.ts';
import {
  AbortError,
  ClosedClassifierError,
  createClassifier,
  DeviceUnavailableError,
  GoldenMismatchError,
  GraphMismatchError,
  InvalidFrameError,
  InvalidGraphOutputError,
  InvalidModelCardError,
  InvalidModelError,
  InvalidOptionError,
  ModelCardNotFoundError,
  ModelNotFoundError,
  UndecodableImageError,
  UnreadableImageError,
  type Classifier,
  type ClassifierOptions,
  type Frame,
  type ImageSource,
} from './index.ts';
import {
  TINY_LABELS,
  TINY_SIZE_PX,
  tinyCard,
  tinyGraph,
  tinyProbabilities,
  writeTinyClassifier,
} from './tiny-classifier.test-support.ts';

const tiny = writeTinyClassifier();

/** A gray picture of the tiny classifier's size; every seed makes another. */
const grays = (seed: number): Uint8Array =>
  Uint8Array.from({ length: TINY_SIZE_PX ** 2 }, (_, index) => (seed * 37 + index * (seed + 3)) % 256);

const toFrame = (gray: Uint8Array): Frame => ({
  widthPx: TINY_SIZE_PX,
  heightPx: TINY_SIZE_PX,
  rgba: Uint8Array.from([...gray].flatMap((value) => [value, value, value, 255])),
});

const toPng = (gray: Uint8Array): Promise<Buffer> =>
  sharp(toFrame(gray).rgba, { raw: { width: TINY_SIZE_PX, height: TINY_SIZE_PX, channels: 4 } })
    .png()
    .toBuffer();

const failureOf = async (work: Promise<unknown>): Promise<unknown> => {
  try {
    return await work;
  } catch (error) {
    return error;
  }
};

afterAll(() => rmSync(tiny.folder, { recursive: true }));

describe('a classifier', () => {
  let classifier: Classifier;
  beforeAll(async () => {
    classifier = await createClassifier({ model: tiny.model });
  });
  afterAll(() => classifier.close());

  test('says which model and device are in use, and that the model passed its self-test there', () => {
    expect(classifier.model).toBe(tiny.model);
    expect(classifier.card).toEqual(tinyCard());
    expect(classifier.device).toEqual({ requested: 'cpu', provider: 'cpu' });
    expect(classifier.selfTestDifference).toBeLessThan(1e-6);
  });

  test('gives every label the probability that the model’s formula gives', async () => {
    const { probabilities, label, probability } = await classifier.classify(toFrame(grays(1)));
    const expected = tinyProbabilities(grays(1));
    expect(probabilities.map((one) => one.label)).toEqual([...TINY_LABELS]);
    for (const [index, one] of probabilities.entries())
      expect(one.probability).toBeCloseTo(expected[index] as number, 6);
    expect(probability).toBeCloseTo(Math.max(...expected), 6);
    expect(label).toBe(TINY_LABELS[expected.indexOf(Math.max(...expected))]);
  });

  test('reads the same from a frame, a file’s bytes, a path and a file: URL', async () => {
    const path = join(tiny.folder, 'a face.png');
    const png = await toPng(grays(2));
    writeFileSync(path, png);
    const inLargerBuffer = Buffer.concat([Buffer.alloc(100), png]).subarray(100);
    const clamped = { ...toFrame(grays(2)), rgba: new Uint8ClampedArray(toFrame(grays(2)).rgba) };
    const expected = await classifier.classify(toFrame(grays(2)));
    const sources: ImageSource[] = [
      png,
      new Uint8Array(png),
      inLargerBuffer,
      clamped,
      path,
      pathToFileURL(path),
    ];
    await expect(classifier.classifyMany(sources)).resolves.toEqual(sources.map(() => expected));
  });

  test('leaves the caller’s bytes usable', async () => {
    const frame = toFrame(grays(3));
    await classifier.classify(frame);
    expect(frame.rgba).toEqual(toFrame(grays(3)).rgba);
  });

  test('turns a photograph upright before it reads it', async () => {
    const leftHalf = Uint8Array.from({ length: 256 }, (_, index) => (index % 16 < 8 ? 255 : 0));
    const photo = sharp(leftHalf, { raw: { width: 16, height: 16, channels: 1 } }).jpeg();
    const upright = await classifier.classify(await photo.clone().toBuffer());
    const onItsSide = await classifier.classify(await photo.withMetadata({ orientation: 6 }).toBuffer());
    expect([upright.label, onItsSide.label]).toEqual(['left', 'top']);
  });

  test.each<[string, ImageSource, new (...args: never[]) => Error, string]>([
    ['a file that is not there', '/no/such/face.png', UnreadableImageError, '/no/such/face.png'],
    ['a folder', tmpdir(), UnreadableImageError, tmpdir()],
    ['a file that is no picture', tiny.card, UndecodableImageError, tiny.card],
    ['bytes that are no picture', Uint8Array.of(1, 2, 3), UndecodableImageError, '3 bytes'],
    [
      'a web address',
      new URL('https://example.org/face.png'),
      UnreadableImageError,
      'https://example.org/face.png',
    ],
    ['something else', 42 as never, UnreadableImageError, 'type number'],
    [
      'a frame of the wrong size',
      { widthPx: 3, heightPx: 3, rgba: new Uint8Array(8) },
      InvalidFrameError,
      '3×3 px needs 36 RGBA bytes, got 8',
    ],
  ])('refuses %s, naming it, and goes on', async (_, image, errorClass, words) => {
    const failure = await failureOf(classifier.classify(image));
    expect(failure).toBeInstanceOf(errorClass);
    expect(isMienError(failure)).toBe(true);
    expect((failure as Error).message).toContain(words);
    await expect(classifier.classify(toFrame(grays(1)))).resolves.toHaveProperty('label');
  });

  test('fails many pictures with the error of the one that is broken', async () => {
    const images = [toFrame(grays(1)), Uint8Array.of(1), toFrame(grays(2))];
    await expect(classifier.classifyMany(images)).rejects.toThrow(UndecodableImageError);
    expect(await failureOf(classifier.classifyMany([]))).toEqual([]);
  });

  test('gives up at once when the signal aborts, and stays usable', async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const waiting = Array.from({ length: 20 }, (_, seed) =>
      failureOf(classifier.classify(toFrame(grays(seed)), { signal })),
    );
    const unaffected = classifier.classify(toFrame(grays(7)));
    controller.abort('enough');
    for (const failure of await Promise.all(waiting)) expect(failure).toBeInstanceOf(AbortError);
    expect(await waiting[0]).toMatchObject({ name: 'AbortError', cause: 'enough' });
    await expect(classifier.classify(toFrame(grays(1)), { signal })).rejects.toThrow(AbortError);
    await expect(classifier.classifyMany([toFrame(grays(1))], { signal })).rejects.toThrow(AbortError);
    await expect(unaffected).resolves.toEqual(await classifier.classify(toFrame(grays(7))));
    // A picture that was running when its caller gave up is left to end: nothing stays pending for good.
    while (classifier.pending > 0) await nextTurn();
    await expect(classifier.classify(toFrame(grays(7)))).resolves.toHaveProperty('label');
  });
});

describe('workers', () => {
  test('share the pictures, and give what one gives, in the order of the pictures', async () => {
    await using one = await createClassifier({ model: tiny.folder });
    await using three = await createClassifier({ model: tiny.folder, workers: 3, threads: 1 });
    const frames = Array.from({ length: 24 }, (_, seed) => toFrame(grays(seed)));
    const readings = await three.classifyMany(frames);
    expect(readings).toEqual(await one.classifyMany(frames));
    expect(new Set(readings.map(({ probability }) => probability)).size).toBeGreaterThan(12);
  });

  test('hold the runtimes: the main thread loads neither ONNX Runtime nor sharp, and ends without close', async () => {
    const { exitCode, stdout, stderr } = await runProgram(`
      import { createRequire } from 'node:module';
      import { createClassifier } from '@mien/infer-node';
      const classifier = await createClassifier({ model: ${JSON.stringify(tiny.model)} });
      const { label } = await classifier.classify({ widthPx: 1, heightPx: 1, rgba: new Uint8Array(4) });
      const loaded = Object.keys(createRequire(import.meta.url).cache);
      const runtimes = loaded.filter((path) => /[\\\\/](onnxruntime-node|sharp)[\\\\/]/u.test(path));
      const native = process.report.getReport().sharedObjects.filter((path) => path.includes('onnxruntime'));
      console.log(JSON.stringify({ label, runtimes, nativeIsLoaded: native.length > 0 }));
    `);
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual({ label: 'left', runtimes: [], nativeIsLoaded: true });
    expect(exitCode).toBe(0);
  });
});

describe('close', () => {
  test('lets pictures that were handed in finish, refuses later ones, and may be repeated', async () => {
    const classifier = await createClassifier({ model: tiny.model });
    const accepted = classifier.classifyMany([toFrame(grays(1)), toFrame(grays(2))]);
    expect(classifier.pending).toBe(2);
    const closed = classifier.close();
    await expect(classifier.classify(toFrame(grays(3)))).rejects.toThrow(ClosedClassifierError);
    await expect(accepted).resolves.toHaveLength(2);
    await Promise.all([closed, classifier.close()]);
    await expect(classifier.classifyMany([toFrame(grays(3))])).rejects.toThrow(ClosedClassifierError);
  });
});

describe('createClassifier without a model', () => {
  test('takes the one that ships with Mien', async () => {
    await using classifier = await createClassifier();
    const card: unknown = JSON.parse(readFileSync(expressionModel.fp32.card, 'utf8'));
    expect(classifier.model).toBe(fileURLToPath(expressionModel.fp32.model));
    expect(classifier.card).toEqual(card);
    const face = new URL('../../../face.png', import.meta.url);
    const { probabilities } = await classifier.classify(face);
    expect(probabilities.map(({ label }) => label).toSorted()).toEqual(classifier.card.labels.toSorted());
    expect(probabilities.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 5);
  });

  test('takes what the models package gives, as it is', async () => {
    await using classifier = await createClassifier(expressionModel.fp32);
    expect(classifier.card.graph.precision).toBe('fp32');
  });
});

describe('createClassifier', () => {
  const graph = tinyGraph();
  const changed = (change: (card: ModelCard) => void): ModelCard => {
    const card = tinyCard();
    change(card);
    return card;
  };
  const broken = Uint8Array.of(8, 8, 1, 2, 3);

  test('takes bytes with a card, and paths as URLs', async () => {
    await using fromBytes = await createClassifier({ model: graph, card: tinyCard() });
    await using fromUrls = await createClassifier({
      model: pathToFileURL(tiny.model),
      card: pathToFileURL(tiny.card),
    });
    const frame = toFrame(grays(4));
    expect(await fromBytes.classify(frame)).toEqual(await fromUrls.classify(frame));
    expect(fromBytes.model).toContain(`${graph.byteLength} bytes`);
  });

  test.each<[string, ClassifierOptions, new (...args: never[]) => Error, string]>([
    ['no workers', { model: tiny.model, workers: 0 }, InvalidOptionError, 'workers'],
    ['half a thread', { model: tiny.model, threads: 0.5 }, InvalidOptionError, '0.5'],
    [
      'an unknown device',
      { model: tiny.model, device: 'gpu' as never },
      InvalidOptionError,
      'auto, cpu, cuda, webgpu, coreml, dml',
    ],
    ['two WebGPU workers', { model: tiny.model, device: 'webgpu', workers: 2 }, InvalidOptionError, 'WebGPU'],
    ['a model that is not there', { model: '/no/model.onnx' }, ModelNotFoundError, '/no/model.onnx'],
    [
      'a folder without a model',
      { model: mkdtempSync(join(tmpdir(), 'mien-test-')) },
      ModelNotFoundError,
      'export:onnx',
    ],
    ['bytes without a card', { model: graph }, ModelCardNotFoundError, 'no card beside it'],
    [
      'a card that is not there',
      { model: tiny.model, card: '/no/card.json' },
      ModelCardNotFoundError,
      '/no/card.json',
    ],
    ['a card that is no JSON', { model: tiny.model, card: tiny.model }, InvalidModelCardError, tiny.model],
    [
      'a card with an unknown field value',
      { model: graph, card: { ...tinyCard(), schemaVersion: 99 as never } },
      InvalidModelCardError,
      'schemaVersion',
    ],
    [
      'a graph of another card',
      { model: broken, card: tinyCard() },
      GraphMismatchError,
      createHash('sha256').update(broken).digest('hex').slice(0, 12),
    ],
    ['bytes that are no graph', { model: broken, card: tinyCard(broken) }, InvalidModelError, 'ONNX Runtime'],
    [
      'a card with another input’s name',
      { model: graph, card: changed((card) => (card.graph.input.name = 'image')) },
      InvalidModelError,
      "'pixels' is missing",
    ],
    [
      'a card with another output’s name',
      { model: graph, card: changed((card) => (card.graph.output.name = 'scores')) },
      InvalidGraphOutputError,
      '"scores" is missing',
    ],
    [
      'outputs that are not the card’s',
      { model: graph, card: changed((card) => card.golden.outputs.reverse()) },
      GoldenMismatchError,
      'self-test',
    ],
  ])('refuses %s', async (_, options, errorClass, words) => {
    const failure = await failureOf(createClassifier(options));
    expect(failure).toBeInstanceOf(errorClass);
    expect(isMienError(failure)).toBe(true);
    expect((failure as Error).name).toBe(errorClass.name);
    expect((failure as Error).message).toContain(words);
  });

  test('runs on CUDA or says what CUDA takes; it never falls back unseen', async () => {
    const outcome = await failureOf(
      createClassifier({ model: tiny.model, device: 'cuda' }).then(async (classifier) => {
        await classifier.close();
        return classifier.device;
      }),
    );
    if (outcome instanceof Error) {
      expect(outcome).toBeInstanceOf(DeviceUnavailableError);
      expect(outcome.message).toContain('--onnxruntime-node-install=cuda12');
    } else {
      expect(outcome).toMatchObject({ requested: 'cuda', provider: 'cuda' });
    }
  });
});
