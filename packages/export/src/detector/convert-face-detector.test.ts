import { createRandom, largestDifference } from '@mien/contract';
import { readModelFile } from '../files/read-model-file.ts';
import { countOps } from '../graph/graph.ts';
import { humanModelPath } from '../real-models/human-models.ts';
import { runOnnx } from '../verify/run-onnx.ts';
import { writeOnnx } from '../write/write-onnx.ts';
import { convertFaceDetector } from './convert-face-detector.ts';
import { runReferenceDetector } from './run-reference-detector.ts';

const PICTURE = 3 * 256 * 256;

/** Pictures with shapes in them, of all brightnesses: noise alone would be the same gray to every layer but the first. */
const pictures = (count: number): Float32Array => {
  const random = createRandom(7);
  return Float32Array.from({ length: count * PICTURE }, (_, index) => {
    const [x, y] = [index % 256, Math.floor(index / 256) % 256];
    const wave = Math.sin(x / 9 + index / PICTURE) * Math.cos(y / 13);
    return Math.round(Math.min(255, Math.max(0, 128 + 100 * wave + random.uniform(-27, 27))));
  });
};

describe('the graph of the face detector', () => {
  test.each([1, 3])(
    'takes bytes and gives what tfjs and plain decoding give, for a batch of %i',
    async (batch) => {
      const files = await readModelFile(humanModelPath('blazeface'));
      const graph = await convertFaceDetector(files);
      const pixels = pictures(batch);
      const shape = [batch, 3, 256, 256];
      const faces = await runOnnx(writeOnnx(graph), { pixels: { data: pixels, shape } });
      expect(faces.shape).toEqual([batch, 896, 17]);
      expect(largestDifference(await runReferenceDetector(files, pixels), faces.data)).toBeLessThan(1e-4);
    },
    120_000,
  );

  test('is as small as the network: decoding adds a handful of nodes', async () => {
    const graph = await convertFaceDetector(await readModelFile(humanModelPath('blazeface')));
    const ops = countOps(graph);
    expect(graph.nodes.length).toBeLessThanOrEqual(154);
    // Into the lists of candidates; none inside the network.
    expect(ops.get('Transpose')).toBe(4);
  });
});
