import type { DetectedFace } from '../detect/detected-face.ts';
import { headLandmarks } from '../quality/head.test-support.ts';
import type { RunGraph } from '../run-graph.ts';
import type { RunnableCard } from '../run-model.ts';
import { readFaces } from './read-faces.ts';

const card: RunnableCard = {
  labels: ['dark', 'bright'],
  input: { widthPx: 12, heightPx: 12, channels: 1, colour: 'gray', range: [0, 255] },
  graph: {
    file: 'model.onnx',
    sha256: '0'.repeat(64),
    bytes: 1,
    opset: 18,
    irVersion: 8,
    precision: 'fp32',
    input: { name: 'pixels', dtype: 'float32', layout: 'NCHW', shape: ['N', 1, 12, 12] },
    output: { name: 'probabilities', dtype: 'float32', shape: ['N', 2] },
  },
};

/** A graph that tells how bright each picture is, and counts its runs. */
const brightness = () => {
  const batches: number[] = [];
  const runGraph: RunGraph = ({ pixels }) => {
    const { data, dims } = pixels as { data: Float32Array; dims: readonly number[] };
    const images = dims[0] as number;
    batches.push(images);
    const rows = Array.from({ length: images }, (_, image) => {
      const mean = data.slice(image * 144, (image + 1) * 144).reduce((sum, value) => sum + value, 0) / 144;
      return [1 - mean / 255, mean / 255];
    });
    return Promise.resolve({ probabilities: { data: Float32Array.from(rows.flat()), dims: [images, 2] } });
  };
  return { batches, expression: { card, runGraph } };
};

/** The left half of the frame is dark, the right half bright, with a little texture. */
const frame = {
  widthPx: 800,
  heightPx: 400,
  rgba: Uint8Array.from({ length: 800 * 400 * 4 }, (_, at) => {
    if (at % 4 === 3) return 255;
    const pixel = at >> 2;
    const texture = (Math.floor((pixel % 800) / 16) + Math.floor(pixel / 800 / 16)) % 2;
    return (pixel % 800 < 400 ? 60 : 170) + 20 * texture;
  }),
};

const face = (xPx: number, eyesPx: number): DetectedFace => ({
  box: { leftPx: xPx - eyesPx, topPx: 150 - eyesPx, widthPx: 2 * eyesPx, heightPx: 2 * eyesPx },
  landmarks: headLandmarks({ xPx, yPx: 150, eyesPx }),
  confidence: 0.9,
});

describe('readFaces', () => {
  test('reads all faces in one run of the graph, the largest first', async () => {
    const { batches, expression } = brightness();
    const faces = [face(200, 40), face(600, 70)];
    const readings = await readFaces({ frame, faces, expression });
    expect(batches).toEqual([2]);
    expect(readings.map(({ label }) => label)).toEqual(['bright', 'dark']);
    expect(readings.map(({ box }) => box)).toEqual([faces[1]?.box, faces[0]?.box]);
    expect(readings[0]?.probabilities.map(({ label }) => label)).toEqual(['dark', 'bright']);
    expect(readings[0]).toMatchObject({ confidence: 0.9, quality: { insideShare: 1 } });
    expect(readings.some((reading) => 'crop' in reading)).toBe(false);
  });

  test('is plain data', async () => {
    const readings = await readFaces({ frame, faces: [face(200, 40)], ...brightness() });
    expect(JSON.parse(JSON.stringify(readings))).toEqual(readings);
  });

  test('adds the aligned face where it is asked to', async () => {
    const options = { cropPx: 32 };
    const [reading] = await readFaces({ frame, faces: [face(600, 60)], ...brightness(), options });
    expect(reading?.crop).toMatchObject({ widthPx: 32, heightPx: 32 });
    expect(reading?.crop?.rgba).toHaveLength(32 * 32 * 4);
  });

  test('is unsure below the probability that it is told, and says so before what the quality is to blame for', async () => {
    const faces = [face(600, 60), face(200, 3)];
    const sure = await readFaces({ frame, faces, ...brightness(), options: { unsureBelow: 0.6 } });
    expect(sure.map(({ unsure }) => unsure)).toEqual([false, true]);
    expect(sure.map(({ unsureReasons }) => unsureReasons)).toEqual([[], ['small', 'blurred']]);
    const strict = await readFaces({ frame, faces, ...brightness(), options: { unsureBelow: 0.95 } });
    expect(strict.map(({ unsureReasons }) => unsureReasons)).toEqual([
      ['ambiguous'],
      ['ambiguous', 'small', 'blurred'],
    ]);
  });

  test('does not run the graph for no faces', async () => {
    const { batches, expression } = brightness();
    await expect(readFaces({ frame, faces: [], expression })).resolves.toEqual([]);
    expect(batches).toEqual([]);
  });
});
