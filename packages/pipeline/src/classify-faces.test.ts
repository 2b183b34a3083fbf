import {
  classifyFaces,
  InvalidFrameError,
  InvalidGraphOutputError,
  type Frame,
  type RunGraph,
} from './index.ts';
import type { RunnableCard } from './run-model.ts';

const card: RunnableCard = {
  labels: ['calm', 'glad', 'sad'],
  input: { widthPx: 2, heightPx: 1, channels: 3, colour: 'rgb', range: [0, 255] },
  graph: {
    file: 'model.onnx',
    sha256: '0'.repeat(64),
    bytes: 1,
    opset: 18,
    irVersion: 8,
    precision: 'fp32',
    input: { name: 'pixels', dtype: 'float32', layout: 'NCHW', shape: ['N', 3, 1, 2] },
    output: { name: 'probabilities', dtype: 'float32', shape: ['N', 3] },
  },
};

const frame = (...pixels: readonly (readonly [number, number, number])[]): Frame => ({
  widthPx: pixels.length,
  heightPx: 1,
  rgba: Uint8Array.from(pixels.flatMap(([red, green, blue]) => [red, green, blue, 255])),
});

/** A graph whose probabilities are the shares of red, green and blue in the whole picture. */
const shareOfColours: RunGraph = ({ pixels }) => {
  const { data, dims } = pixels as { data: Float32Array; dims: readonly number[] };
  const [images = 0, channels = 0, height = 0, width = 0] = dims;
  const sums = Array.from({ length: images * channels }, (_, plane) =>
    data.slice(plane * height * width, (plane + 1) * height * width).reduce((sum, value) => sum + value, 0),
  );
  const shares = sums.map((sum, plane) => {
    const image = Math.floor(plane / channels) * channels;
    return sum / sums.slice(image, image + channels).reduce((total, value) => total + value, 0);
  });
  return Promise.resolve({ probabilities: { data: Float32Array.from(shares), dims: [images, channels] } });
};

/** A graph that gives the same row for every image. */
const always =
  (...row: readonly number[]): RunGraph =>
  ({ pixels }) => {
    const images = pixels?.dims[0] ?? 0;
    const data = Float32Array.from(Array.from({ length: images }, () => row).flat());
    return Promise.resolve({ probabilities: { data, dims: [images, row.length] } });
  };

const red = [255, 0, 0] as const;
const blue = [0, 0, 255] as const;

describe('classifyFaces', () => {
  test('feeds the graph one float32 NCHW batch of bytes, under the name that the card gives', async () => {
    const seen: unknown[] = [];
    const runGraph: RunGraph = (inputs) => {
      seen.push(inputs);
      return shareOfColours(inputs);
    };
    await classifyFaces({ frames: [frame(red, [10, 20, 30]), frame(blue, blue)], card, runGraph });
    expect(seen).toEqual([
      {
        pixels: {
          dims: [2, 3, 1, 2],
          data: Float32Array.of(255, 10, 0, 20, 0, 30, 0, 0, 0, 0, 255, 255),
        },
      },
    ]);
  });

  test('gives each frame its own reading, in the order of the frames, with all labels in the order of the card', async () => {
    const readings = await classifyFaces({
      frames: [frame(blue, blue), frame(red, [255, 255, 0])],
      card,
      runGraph: shareOfColours,
    });
    const third = Math.fround(1 / 3);
    expect(readings).toEqual([
      {
        label: 'sad',
        probability: 1,
        probabilities: [
          { label: 'calm', probability: 0 },
          { label: 'glad', probability: 0 },
          { label: 'sad', probability: 1 },
        ],
      },
      {
        label: 'calm',
        probability: Math.fround(2 / 3),
        probabilities: [
          { label: 'calm', probability: Math.fround(2 / 3) },
          { label: 'glad', probability: third },
          { label: 'sad', probability: 0 },
        ],
      },
    ]);
    expect(JSON.parse(JSON.stringify(readings))).toEqual(readings);
  });

  test('stretches a face of any size to the size of the model', async () => {
    const gray = [80, 80, 80] as const;
    const [reading] = await classifyFaces({
      frames: [frame(gray, gray, gray, gray, gray)],
      card,
      runGraph: shareOfColours,
    });
    expect(reading?.probabilities.map(({ probability }) => probability)).toEqual(
      [1, 1, 1].map((share) => Math.fround(share / 3)),
    );
  });

  test('names the first of equally likely labels', async () => {
    const [reading] = await classifyFaces({
      frames: [frame(red)],
      card,
      runGraph: always(0.25, 0.375, 0.375),
    });
    expect(reading?.label).toBe('glad');
  });

  test('does not run the graph for no frames', async () => {
    const runGraph: RunGraph = () => Promise.reject(new Error('The graph was run.'));
    await expect(classifyFaces({ frames: [], card, runGraph })).resolves.toEqual([]);
  });

  test('refuses a frame whose bytes do not match its size', async () => {
    const frames = [{ widthPx: 2, heightPx: 2, rgba: new Uint8Array(4) }];
    await expect(classifyFaces({ frames, card, runGraph: shareOfColours })).rejects.toThrow(
      InvalidFrameError,
    );
  });

  test.each<[string, RunGraph, string]>([
    ['too few labels', always(0.5, 0.5), 'has shape [1, 2], not [1, 3]'],
    ['a number that is not one', always(NaN, 0.5, 0.5), 'holds NaN'],
    ['logits', always(-1, 3, 2), 'holds -1'],
    [
      'another name',
      () => Promise.resolve({ logits: { data: new Float32Array(3), dims: [1, 3] } }),
      'is missing (outputs given: logits)',
    ],
    [
      'fewer numbers than its shape says',
      () => Promise.resolve({ probabilities: { data: new Float32Array(2), dims: [1, 3] } }),
      'holds 2 numbers, not 1 × 3',
    ],
  ])('refuses a graph that gives %s', async (_, runGraph, problem) => {
    const failure: unknown = await classifyFaces({ frames: [frame(red)], card, runGraph }).catch(
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(InvalidGraphOutputError);
    expect((failure as Error).message).toContain(problem);
  });
});
