import { checkGolden, goldenInput, isMienError, type DetectorCard, type ModelCard } from '@mien/contract';
import sharp from 'sharp';
import { once } from 'node:events';
import { createReadStream, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import {
  AbortError,
  ClosedRecognizerError,
  createRecognizer,
  ImageTooLargeError,
  InvalidFrameError,
  InvalidModelCardError,
  InvalidCropSizeError,
  InvalidOptionError,
  InvalidTensorError,
  ModelNotFoundError,
  QueueFullError,
  UndecodableImageError,
  UnreadableImageError,
  type Frame,
  type ImageSource,
  type Recognizer,
  type RecognizerOptions,
  type Tensor,
  type Tensors,
} from './index.ts';
import { tinyCard, tinyGraph } from './tiny-classifier.test-support.ts';

/** A photograph with three people who look into the camera. */
const PHOTO = new URL(import.meta.resolve('@vladmandic/face-api/demo/sample1.jpg'));

const photo = readFileSync(PHOTO);

const failureOf = (work: Promise<unknown>): Promise<unknown> => work.catch((error: unknown) => error);

const decoded = async (): Promise<Frame> => {
  const { data, info } = await sharp(photo).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { widthPx: info.width, heightPx: info.height, rgba: data };
};

/** The shape of one picture as a graph takes it. */
const inputShape = ({ graph }: Pick<ModelCard | DetectorCard, 'graph'>): number[] =>
  graph.input.shape.slice(1).map(Number);

/** A stream that gives nothing and never ends. */
const silence = (): Readable => new Readable({ read: () => undefined });

describe('a recognizer', () => {
  let recognizer: Recognizer;
  beforeAll(async () => {
    recognizer = await createRecognizer({ maxBytes: 1_000_000, maxPixels: 4_000_000 });
  });
  afterAll(() => recognizer.close());

  test('says which model and device are in use, and that both models passed their self-tests there', () => {
    expect(recognizer.model).toContain('expression.onnx');
    expect(recognizer.card.labels).toContain('happiness');
    expect(recognizer.device).toEqual({ requested: 'cpu', provider: 'cpu' });
    expect(recognizer.selfTestDifference).toBeLessThan(1e-4);
    expect(recognizer.pending).toBe(0);
  });

  test('finds the faces of a photograph, the largest first, and reads each', async () => {
    const faces = await recognizer.recognize(PHOTO);
    expect(faces).toHaveLength(3);
    const areas = faces.map(({ box }) => box.widthPx * box.heightPx);
    expect(areas).toEqual(areas.toSorted((one, other) => other - one));
    for (const { box, landmarks, probabilities, quality, crop } of faces) {
      expect(landmarks.rightEye.xPx).toBeGreaterThan(box.leftPx);
      expect(landmarks.leftEye.xPx).toBeLessThan(box.leftPx + box.widthPx);
      expect(probabilities.map(({ label }) => label)).toEqual(recognizer.card.labels);
      expect(probabilities.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 5);
      expect(quality.score).toBeGreaterThan(0);
      expect(crop).toBeUndefined();
    }
    expect(JSON.parse(JSON.stringify(faces))).toEqual(faces);
  });

  test('reads the same from every kind of source', async () => {
    const expected = await recognizer.recognize(fileURLToPath(PHOTO));
    const bytes = new Uint8Array(photo);
    const sources: [string, ImageSource][] = [
      ['file: URL', PHOTO],
      ['Buffer', photo],
      ['view into a larger buffer', Buffer.concat([Buffer.alloc(9), photo]).subarray(9)],
      ['ArrayBuffer', bytes.buffer],
      ['Blob', new Blob([bytes])],
      ['File', new File([bytes], 'photo.jpg')],
      ['Node stream', createReadStream(PHOTO)],
      ['web stream', new Blob([bytes]).stream()],
      ['async iterable', Readable.from([bytes.subarray(0, 10), bytes.subarray(10)])],
      ['raw RGBA', await decoded()],
    ];
    for (const [kind, source] of sources)
      expect([kind, await recognizer.recognize(source)]).toEqual([kind, expected]);
  });

  test('adds the faces as pictures where they are asked for', async () => {
    const faces = await recognizer.recognize(PHOTO, { cropPx: 64 });
    expect(faces).toHaveLength(3);
    for (const { crop } of faces) {
      expect(crop).toMatchObject({ widthPx: 64, heightPx: 64 });
      expect(new Set(crop?.rgba).size).toBeGreaterThan(50);
    }
  });

  test('tells the size that the boxes refer to, turned upright, and how long each part took', async () => {
    const onItsSide = await sharp(photo).withMetadata({ orientation: 6 }).toBuffer();
    const { width, height } = await sharp(photo).metadata();
    const upright = await recognizer.recognizeImage(photo);
    const turned = await recognizer.recognizeImage(onItsSide);
    expect([upright.widthPx, upright.heightPx]).toEqual([width, height]);
    expect([turned.widthPx, turned.heightPx]).toEqual([height, width]);
    expect(upright.faces).toEqual(await recognizer.recognize(photo));
    for (const ms of Object.values(upright.timing)) expect(ms).toBeGreaterThan(0);
  });

  test('is told for one picture how many faces to read, and of how sure ones', async () => {
    const all = await recognizer.recognize(photo);
    await expect(recognizer.recognize(photo, { maxFaces: 2 })).resolves.toEqual(all.slice(0, 2));
    const leastSure = Math.min(...all.map(({ confidence }) => confidence));
    const surer = await recognizer.recognize(photo, { minConfidence: (leastSure + 1) / 2 });
    expect(surer.length).toBeLessThan(all.length);
    await expect(recognizer.recognize(photo, { maxFaces: -1 })).rejects.toThrow(InvalidOptionError);
    await expect(recognizer.recognize(photo, { cropPx: 0 })).rejects.toThrow(InvalidCropSizeError);
    expect(() => recognizer.track({ smoothingMs: -1 })).toThrow(InvalidOptionError);
  });

  test('runs either graph on tensors, and gives the outputs that the cards promise', async () => {
    const { card, detectorCard } = recognizer;
    const golden = { data: goldenInput(card), dims: [card.golden.outputs.length, ...inputShape(card)] };
    const outputs = await recognizer.runGraph('expression', { [card.graph.input.name]: golden });
    expect(Object.keys(outputs)).toEqual([card.graph.output.name]);
    const { data, dims } = outputs[card.graph.output.name] as Tensor;
    expect(dims).toEqual([card.golden.outputs.length, card.labels.length]);
    expect(checkGolden(card, data)).toBeLessThan(card.golden.tolerance);
    const gray = { data: new Float32Array(3 * 256 * 256), dims: [1, ...inputShape(detectorCard)] };
    const found = await recognizer.runGraph('face-detector', { [detectorCard.graph.input.name]: gray });
    expect(found[detectorCard.graph.output.name]?.dims[1]).toBe(detectorCard.candidates);
  });

  test.each<[string, Tensors, string]>([
    ['no tensor', {}, '"pixels" is missing'],
    ['a tensor of another name', { image: { data: new Float32Array(1), dims: [1] } }, '"image" is not known'],
    [
      'another shape',
      { pixels: { data: new Float32Array(4), dims: [1, 1, 2, 2] } },
      'has shape [1, 1, 2, 2]',
    ],
    ['no pictures', { pixels: { data: new Float32Array(0), dims: [0, 3, 256, 256] } }, 'has shape [0, 3'],
    ['too few numbers', { pixels: { data: new Float32Array(4), dims: [1, 3, 256, 256] } }, 'holds 4 numbers'],
  ])('refuses to run a graph on %s', async (_, inputs, words) => {
    const failure = await failureOf(recognizer.runGraph('face-detector', inputs));
    expect(failure).toBeInstanceOf(InvalidTensorError);
    expect((failure as Error).message).toContain(words);
  });

  test('finds nothing in a picture without faces, were it of one pixel', async () => {
    const gray = await sharp({ create: { width: 640, height: 480, channels: 3, background: 'gray' } })
      .png()
      .toBuffer();
    await expect(recognizer.recognize(gray)).resolves.toEqual([]);
    await expect(recognizer.recognize({ widthPx: 1, heightPx: 1, rgba: new Uint8Array(4) })).resolves.toEqual(
      [],
    );
  });

  test('copies the caller’s bytes, or moves them where they are given away', async () => {
    const frame = await decoded();
    const own = { ...frame, rgba: Uint8Array.from(frame.rgba) };
    const faces = await recognizer.recognize(own);
    expect(own.rgba).toHaveLength(frame.rgba.length);
    await expect(recognizer.recognize(own, { transfer: true })).resolves.toEqual(faces);
    expect(own.rgba).toHaveLength(0);
    const part = Buffer.concat([Buffer.alloc(9), photo]);
    await expect(recognizer.recognize(part.subarray(9), { transfer: true })).resolves.toEqual(faces);
    expect(part).toHaveLength(photo.length + 9);
  });

  test.each<[string, () => ImageSource, new (...args: never[]) => Error, string]>([
    ['a file that is not there', () => '/no/photo.jpg', UnreadableImageError, '/no/photo.jpg'],
    ['a folder', () => tmpdir(), UnreadableImageError, 'it is a folder'],
    ['a web address', () => 'https://example.org/a.jpg', UnreadableImageError, 'addresses are not fetched'],
    ['a number', () => 42 as never, UnreadableImageError, 'type number'],
    ['an empty object', () => ({}) as never, UnreadableImageError, 'type object'],
    ['a stream of text', () => Readable.from(['a', 'b']) as never, UnreadableImageError, 'gives strings'],
    [
      'a stream that fails',
      () => silence().destroy(new Error('the line is dead')),
      UnreadableImageError,
      'the line is dead',
    ],
    ['no bytes', () => new ArrayBuffer(0), UndecodableImageError, 'it is empty'],
    ['half a file', () => photo.subarray(0, 50_000), UndecodableImageError, '50000 bytes'],
    ['too many bytes', () => Buffer.alloc(1_000_001), ImageTooLargeError, '1000001 bytes'],
    ['too large a blob', () => new File([Buffer.alloc(1_000_001)], 'a.jpg'), ImageTooLargeError, 'a.jpg'],
    [
      'a stream without end',
      () =>
        new Readable({
          read(size) {
            this.push(Buffer.alloc(size));
          },
        }),
      ImageTooLargeError,
      'more bytes than the 1000000 allowed',
    ],
    ['a device without end', () => '/dev/zero', ImageTooLargeError, '/dev/zero'],
    [
      'a frame of another size',
      () => ({ widthPx: 3, heightPx: 3, rgba: new Uint8Array(8) }),
      InvalidFrameError,
      'needs 36 RGBA bytes, got 8',
    ],
  ])('refuses %s, naming it', async (_, makeImage, errorClass, words) => {
    const failure = await failureOf(recognizer.recognize(makeImage()));
    expect(failure).toBeInstanceOf(errorClass);
    expect(isMienError(failure)).toBe(true);
    expect((failure as Error).message).toContain(words);
    expect(recognizer.pending).toBe(0);
  });

  test('refuses a picture of too many pixels', async () => {
    const large = sharp({ create: { width: 2500, height: 2000, channels: 3, background: 'red' } });
    const failure = await failureOf(recognizer.recognize(await large.png().toBuffer()));
    expect(failure).toBeInstanceOf(ImageTooLargeError);
    expect(failure).toMatchObject({ option: 'maxPixels', limit: 4_000_000, size: 5_000_000 });
  });

  test('gives up at once when the signal aborts, and closes the stream that it was reading', async () => {
    const controller = new AbortController();
    const stream = silence();
    const closed = once(stream, 'close').catch(() => undefined);
    const reading = failureOf(recognizer.recognize(stream, { signal: controller.signal }));
    const waiting = failureOf(recognizer.recognize(photo, { signal: controller.signal }));
    expect(recognizer.pending).toBe(2);
    controller.abort('enough');
    for (const failure of [await reading, await waiting]) {
      expect(failure).toBeInstanceOf(AbortError);
      expect(failure).toMatchObject({ name: 'AbortError', cause: 'enough' });
    }
    await closed;
    expect(stream.destroyed).toBe(true);
    await expect(recognizer.recognize(photo, { signal: controller.signal })).rejects.toThrow(AbortError);
    while (recognizer.pending > 0) await nextTurn();
    await expect(recognizer.recognize(photo)).resolves.toHaveLength(3);
  });
});

describe('a recognizer with a short queue', () => {
  test('refuses what is over its limit, and takes pictures again once there is room', async () => {
    await using recognizer = await createRecognizer({ queueLimit: 2 });
    const accepted = [recognizer.recognize(photo), recognizer.recognize(photo)];
    expect(recognizer.pending).toBe(2);
    const failure = await failureOf(recognizer.recognize(photo));
    expect(failure).toBeInstanceOf(QueueFullError);
    expect(failure).toMatchObject({ limit: 2 });
    for (const faces of await Promise.all(accepted)) expect(faces).toHaveLength(3);
    await expect(recognizer.recognize(photo)).resolves.toHaveLength(3);
  });
});

describe('options', () => {
  test('decide which faces are read, and when a reading is unsure', async () => {
    await using recognizer = await createRecognizer({ maxFaces: 1, unsureBelow: 1 });
    const faces = await recognizer.recognize(photo);
    expect(faces).toHaveLength(1);
    expect(faces[0]?.unsure).toBe(true);
    expect(faces[0]?.unsureReasons).toContain('ambiguous');
  });

  test.each<[string, RecognizerOptions, new (...args: never[]) => Error, string]>([
    ['an unknown device', { device: 'gpu' as never }, InvalidOptionError, 'auto, cpu'],
    ['no room in the queue', { queueLimit: 0 }, InvalidOptionError, 'queueLimit'],
    ['endless workers', { workers: Infinity }, InvalidOptionError, '"workers" is Infinity'],
    ['a confidence over 1', { minConfidence: 2 }, InvalidOptionError, 'minConfidence'],
    ['no confidence', { minConfidence: 0 }, InvalidOptionError, 'a number over 0, up to 1'],
    ['half a tile', { tiles: 0.5 }, InvalidOptionError, '"auto", "none" or'],
    ['tiles without end', { tiles: 6 }, InvalidOptionError, 'from 0 to 5'],
    ['a negative share', { unsureBelow: -0.1 }, InvalidOptionError, 'unsureBelow'],
    ['no faces', { maxFaces: 0 }, InvalidOptionError, 'maxFaces'],
    ['a detector that is not there', { detector: { model: '/no/d.onnx' } }, ModelNotFoundError, '"detector"'],
    [
      'a detector that is none',
      { detector: { model: tinyGraph(), card: tinyCard() as never } },
      InvalidModelCardError,
      'kind',
    ],
  ])('refuse %s', async (_, options, errorClass, words) => {
    const failure = await failureOf(createRecognizer(options));
    expect(failure).toBeInstanceOf(errorClass);
    expect((failure as Error).message).toContain(words);
  });
});

describe('close', () => {
  test('lets pictures that were handed in finish, refuses later ones, and may be repeated', async () => {
    const recognizer = await createRecognizer();
    const accepted = recognizer.recognize(photo);
    const closed = recognizer.close();
    await expect(recognizer.recognize(photo)).rejects.toThrow(ClosedRecognizerError);
    await expect(accepted).resolves.toHaveLength(3);
    await Promise.all([closed, recognizer.close()]);
  });
});
