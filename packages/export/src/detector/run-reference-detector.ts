import type { ModelFiles } from '../read/model-files.ts';
import type { NumberArray } from '../verify/number-array.ts';
import { loadRunnable, type RunnableModel } from '../verify/run-model.ts';
import { anchorsOf, GEOMETRY, HEADS, INPUT_PX } from './detector-heads.ts';

const AREA = INPUT_PX * INPUT_PX;

/** What the network takes: one picture, channels last, in [-1, 1]. */
const toInput = (pixels: Float32Array): NumberArray => ({
  dtype: 'float32',
  shape: [1, INPUT_PX, INPUT_PX, 3],
  data: Float32Array.from(
    pixels,
    (_, index) => (pixels[(index % 3) * AREA + Math.floor(index / 3)] as number) / 127.5 - 1,
  ),
});

/** The network's four outputs tell themselves apart by their shapes: `[1, anchors, 1]` and `[1, anchors, 16]`. */
const outputOf = (outputs: readonly NumberArray[], anchors: number, numbers: number): ArrayLike<number> => {
  const output = outputs.find(({ shape }) => shape[1] === anchors && shape[2] === numbers);
  if (output === undefined)
    throw new TypeError(`The model has no output of shape [1, ${anchors}, ${numbers}].`);
  return output.data;
};

const runPicture = async (model: RunnableModel, pixels: Float32Array): Promise<number[]> => {
  const outputs = await model.run([toInput(pixels)]);
  const rows: number[] = [];
  for (const head of HEADS) {
    const anchors = anchorsOf(head);
    const logits = outputOf(outputs, anchors, 1);
    const geometry = outputOf(outputs, anchors, GEOMETRY);
    for (let anchor = 0; anchor < anchors; anchor++) {
      const cell = Math.floor(anchor / head.anchorsPerCell);
      const centre = [(cell % head.cells) + 0.5, Math.floor(cell / head.cells) + 0.5];
      rows.push(1 / (1 + Math.exp(-(logits[anchor] as number))));
      for (let number = 0; number < GEOMETRY; number++) {
        const isSize = number === 2 || number === 3;
        const offset = isSize ? 0 : (centre[number % 2] as number) / head.cells;
        rows.push((geometry[anchor * GEOMETRY + number] as number) / INPUT_PX + offset);
      }
    }
  }
  return rows;
};

/**
 * Runs the detector as it came, in tfjs, and decodes what it gives in plain code: what the graph is held to.
 *
 * @param pixels red, green and blue in [0, 255], `[images, 3, 256, 256]`.
 * @returns `[images, candidates, fields]`, as the graph gives them.
 */
export const runReferenceDetector = async (
  files: ModelFiles,
  pixels: Float32Array,
): Promise<Float32Array> => {
  const model = await loadRunnable(files);
  try {
    const rows: number[] = [];
    for (let start = 0; start < pixels.length; start += 3 * AREA)
      rows.push(...(await runPicture(model, pixels.subarray(start, start + 3 * AREA))));
    return Float32Array.from(rows);
  } finally {
    model.dispose();
  }
};
