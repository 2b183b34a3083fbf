import { GoldenMismatchError, type ModelCard } from '@mien/contract';
import { runSelfTest, type RunGraph } from './index.ts';

/** A graph that tells how bright a gray 2×2 picture is: [dark, bright]. */
const brightness: RunGraph = ({ pixels }) => {
  const { data, dims } = pixels as { data: Float32Array; dims: readonly number[] };
  const rows = Array.from({ length: dims[0] ?? 0 }, (_, image) => {
    const bright = data.slice(image * 4, image * 4 + 4).reduce((sum, value) => sum + value, 0) / (4 * 255);
    return [1 - bright, bright];
  });
  return Promise.resolve({ probabilities: { data: Float32Array.from(rows.flat()), dims: [rows.length, 2] } });
};

const cardWith = (golden: ModelCard['golden']): Parameters<typeof runSelfTest>[0]['card'] => ({
  labels: ['dark', 'bright'],
  input: { widthPx: 2, heightPx: 2, channels: 1, colour: 'gray', range: [0, 255] },
  graph: {
    file: 'model.onnx',
    sha256: '0'.repeat(64),
    bytes: 1,
    opset: 18,
    irVersion: 8,
    precision: 'fp32',
    input: { name: 'pixels', dtype: 'float32', layout: 'NCHW', shape: ['N', 1, 2, 2] },
    output: { name: 'probabilities', dtype: 'float32', shape: ['N', 2] },
  },
  golden,
});

/** What the graph gave once, as an export would have written it down. */
const recorded = async (seed: number): Promise<number[][]> => {
  const rows: number[][] = [];
  const recorder: RunGraph = async (inputs) => {
    const outputs = await brightness(inputs);
    const data = outputs['probabilities']?.data ?? new Float32Array();
    rows.push(Array.from(data.subarray(0, 2)), Array.from(data.subarray(2)));
    return outputs;
  };
  const unknown = [
    [0, 0],
    [0, 0],
  ];
  await runSelfTest({ card: cardWith({ seed, outputs: unknown, tolerance: 2 }), runGraph: recorder });
  return rows;
};

describe('runSelfTest', () => {
  test('passes where the outputs are those of the card, and says how far off they are', async () => {
    const [first = [], second = []] = await recorded(5);
    const outputs = [first, second.map((value) => value + (value < 0.5 ? 1 : -1) * 1e-5)];
    const difference = await runSelfTest({
      card: cardWith({ seed: 5, outputs, tolerance: 1e-4 }),
      runGraph: brightness,
    });
    expect(difference).toBeCloseTo(1e-5, 8);
  });

  test('fails where the input is another, as the outputs are then', async () => {
    const card = cardWith({ seed: 6, outputs: await recorded(5), tolerance: 1e-4 });
    await expect(runSelfTest({ card, runGraph: brightness })).rejects.toThrow(GoldenMismatchError);
  });
});
