import { InvalidFrameError, InvalidGraphOutputError, type RunGraph } from '../index.ts';
import { detectFaces, type DetectFacesParams } from './detect-faces.ts';
import { createToyDetector, drawSquares, FACE, TEXTURE } from './toy-detector.test-support.ts';

// At first a picture's pixel is 16 of this frame's, then 8, then 4.
const [WIDTH, HEIGHT] = [1024, 512];

type Square = readonly [number, number, number, number];

const find = async (squares: readonly Square[], options: Partial<DetectFacesParams> = {}) => {
  const { detector, pictures } = createToyDetector();
  const frame = drawSquares(WIDTH, HEIGHT, squares);
  const faces = await detectFaces({ frame, detector, ...options });
  return { sides: faces.map(({ box }) => Math.round(box.widthPx)), faces, pictures: pictures() };
};

const large: Square = [640, 128, 128, FACE];
const small: Square = [160, 96, 32, FACE];
const tiny: Square = [416, 384, 16, FACE];

describe('detectFaces', () => {
  test('finds a large face with one look, and says where it is', async () => {
    const { faces, pictures } = await find([large]);
    expect(pictures).toBe(1);
    expect(faces).toHaveLength(1);
    expect(faces[0]).toMatchObject({
      box: { leftPx: 640, topPx: 128, widthPx: 128, heightPx: 128 },
      landmarks: { noseTip: { xPx: 704, yPx: 192 } },
    });
    expect(faces[0]?.confidence).toBeCloseTo(0.9);
    expect(JSON.parse(JSON.stringify(faces))).toEqual(faces);
  });

  test.each([
    [1, 1],
    [3000, 2],
  ])('takes a frame of %i×%i pixels', async (widthPx, heightPx) => {
    const { detector } = createToyDetector();
    await expect(detectFaces({ frame: drawSquares(widthPx, heightPx, []), detector })).resolves.toEqual([]);
  });

  test('takes one look at a frame without faces, and gives none', async () => {
    expect(await find([])).toEqual({ sides: [], faces: [], pictures: 1 });
  });

  test('looks closer where something may be a small face, and there alone', async () => {
    const { sides, pictures } = await find([large, small]);
    expect(sides).toEqual([128, 32]);
    expect(pictures).toBe(2);
  });

  test('misses small faces where it is told not to look closer', async () => {
    expect(await find([large, small], { tiles: 'none' })).toMatchObject({ sides: [128], pictures: 1 });
  });

  test('looks everywhere as closely as it is told, also for faces of which it sees no trace at first', async () => {
    expect(await find([large, small, tiny], { tiles: 1 })).toMatchObject({
      sides: [128, 32],
      pictures: 1 + 3,
    });
    const closest = await find([large, small, tiny], { tiles: 2 });
    expect(closest.sides).toEqual([128, 32, 16]);
    expect(closest.pictures).toBe(1 + 3 + 15);
  });

  test('does not believe in a large face that only a closer look shows', async () => {
    const texture: Square = [320, 96, 96, TEXTURE];
    expect(await find([large, texture], { tiles: 1 })).toMatchObject({ sides: [128] });
  });

  test('gives the largest faces first, and no more than asked for', async () => {
    const squares: Square[] = [[32, 32, 64, FACE], large, [832, 32, 96, FACE]];
    expect((await find(squares)).sides).toEqual([128, 96, 64]);
    expect((await find(squares, { maxFaces: 2 })).sides).toEqual([128, 96]);
  });

  test('is as sure as it is told to be', async () => {
    expect((await find([large], { minConfidence: 0.95 })).sides).toEqual([]);
    expect((await find([small], { minConfidence: 0.3, tiles: 'none' })).sides).toEqual([32]);
  });

  test.each<[string, Partial<DetectFacesParams>]>([
    ['minConfidence', { minConfidence: 0 }],
    ['minConfidence', { minConfidence: NaN }],
    ['maxFaces', { maxFaces: 0 }],
    ['maxFaces', { maxFaces: 1.5 }],
    ['tiles', { tiles: -1 }],
    ['tiles', { tiles: 6 }],
  ])('refuses a %s that it cannot have', async (name, options) => {
    const failure: unknown = await find([large], options).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(RangeError);
    expect((failure as Error).message).toContain(name);
  });

  test('refuses a frame whose bytes do not match its size', async () => {
    const { detector } = createToyDetector();
    const frame = { widthPx: 2, heightPx: 2, rgba: new Uint8Array(4) };
    await expect(detectFaces({ frame, detector })).rejects.toThrow(InvalidFrameError);
  });

  test.each<[string, RunGraph, string]>([
    [
      'another shape',
      () => Promise.resolve({ faces: { data: new Float32Array(17), dims: [1, 1, 17] } }),
      'has shape [1, 1, 17], not [1, 12, 17]',
    ],
    [
      'fewer numbers than its shape says',
      () => Promise.resolve({ faces: { data: new Float32Array(17), dims: [1, 12, 17] } }),
      'holds 17 numbers, not 1 × 12 × 17',
    ],
    ['another name', () => Promise.resolve({}), 'is missing (outputs given: none)'],
  ])('refuses a graph that gives %s', async (_, runGraph, problem) => {
    const { card } = createToyDetector().detector;
    const frame = drawSquares(8, 8, []);
    const failure: unknown = await detectFaces({ frame, detector: { card, runGraph } }).catch(
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(InvalidGraphOutputError);
    expect((failure as Error).message).toContain(problem);
  });
});
