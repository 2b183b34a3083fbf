import { goldenInput, type ModelCard } from '@mien/contract';
import { createHash } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// A few bytes of protobuf are all that a small ONNX file takes; writing them here keeps binary files out of the tests
// and the tests independent of our exporter. Field numbers are those of onnx.proto.

const varint = (value: number): number[] =>
  value < 128 ? [value] : [(value & 127) | 128, ...varint(value >> 7)];
const int = (field: number, value: number): number[] => [...varint(field << 3), ...varint(value)];
const bytes = (field: number, content: Iterable<number>): number[] => {
  const list = [...content];
  return [...varint((field << 3) | 2), ...varint(list.length), ...list];
};
const text = (field: number, value: string): number[] => bytes(field, Buffer.from(value));

const floatTensor = (name: string, dims: readonly number[], values: Float32Array): number[] => [
  ...dims.flatMap((dim) => int(1, dim)),
  ...int(2, 1),
  ...text(8, name),
  ...bytes(9, new Uint8Array(values.buffer, values.byteOffset, values.byteLength)),
];

const valueInfo = (name: string, dims: readonly (number | string)[]): number[] => {
  const shape = dims.flatMap((dim) => bytes(1, typeof dim === 'number' ? int(1, dim) : text(2, dim)));
  return [...text(1, name), ...bytes(2, bytes(1, [...int(1, 1), ...bytes(2, shape)]))];
};

const node = (op: string, inputs: readonly string[], output: string, attributes: number[] = []): number[] => [
  ...inputs.flatMap((input) => text(1, input)),
  ...text(2, output),
  ...text(3, output),
  ...text(4, op),
  ...attributes,
];

const axisAttribute = (axis: number): number[] =>
  bytes(5, [...text(1, 'axis'), ...int(3, axis), ...int(20, 2)]);

/** The side of the tiny classifier's input, in pixels. */
export const TINY_SIZE_PX = 8;

/** The tiny classifier's labels: the half of the picture that is brightest. */
export const TINY_LABELS = ['left', 'right', 'top', 'bottom'] as const;

/** `[pixels, labels]`: each label weighs its half of the picture with 1/512. */
const halves = (): Float32Array => {
  const weights = new Float32Array(TINY_SIZE_PX * TINY_SIZE_PX * TINY_LABELS.length);
  for (let y = 0; y < TINY_SIZE_PX; y++) {
    for (let x = 0; x < TINY_SIZE_PX; x++) {
      const half = TINY_SIZE_PX / 2;
      const belongs = [x < half, x >= half, y < half, y >= half];
      weights.set(
        belongs.map((inside) => (inside ? 1 / 512 : 0)),
        (y * TINY_SIZE_PX + x) * TINY_LABELS.length,
      );
    }
  }
  return weights;
};

/**
 * An ONNX graph, Flatten → MatMul → Softmax, that tells which half of an 8×8 gray picture is brightest.
 *
 * @param otherHead gives it a first output `logits` that its card says nothing of.
 */
export const tinyGraph = ({ otherHead = false } = {}): Uint8Array => {
  const pixels = TINY_SIZE_PX * TINY_SIZE_PX;
  const outputs = [...(otherHead ? ['logits'] : []), 'probabilities'];
  const graph = [
    ...bytes(1, node('Flatten', ['pixels'], 'flat', axisAttribute(1))),
    ...bytes(1, node('MatMul', ['flat', 'weights'], 'logits')),
    ...bytes(1, node('Softmax', ['logits'], 'probabilities', axisAttribute(1))),
    ...text(2, 'tiny'),
    ...bytes(5, floatTensor('weights', [pixels, TINY_LABELS.length], halves())),
    ...bytes(11, valueInfo('pixels', ['N', 1, TINY_SIZE_PX, TINY_SIZE_PX])),
    ...outputs.flatMap((name) => bytes(12, valueInfo(name, ['N', TINY_LABELS.length]))),
  ];
  return Uint8Array.from([...int(1, 8), ...bytes(7, graph), ...bytes(8, [...text(1, ''), ...int(2, 18)])]);
};

/** What the tiny classifier gives for one picture of bytes `[8, 8]`, computed in doubles. */
export const tinyProbabilities = (pixels: ArrayLike<number>): number[] => {
  const weights = halves();
  const powers = TINY_LABELS.map((_, label) => {
    let logit = 0;
    for (let pixel = 0; pixel < pixels.length; pixel++)
      logit += (pixels[pixel] as number) * (weights[pixel * TINY_LABELS.length + label] as number);
    return Math.exp(logit);
  });
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
};

/** The card of {@link tinyGraph}; its golden outputs come from {@link tinyProbabilities}. */
export const tinyCard = (graph = tinyGraph()): ModelCard => {
  const input = {
    widthPx: TINY_SIZE_PX,
    heightPx: TINY_SIZE_PX,
    channels: 1,
    colour: 'gray',
    range: [0, 255],
  } as const;
  const seed = 7;
  const pixels = goldenInput({
    input: { ...input, range: [0, 255] },
    golden: { seed, outputs: [[], []], tolerance: 1 },
  });
  const area = TINY_SIZE_PX * TINY_SIZE_PX;
  const goldens = [pixels.subarray(0, area), pixels.subarray(area)].map(tinyProbabilities);
  return {
    schemaVersion: 1,
    name: 'tiny',
    labels: [...TINY_LABELS],
    input: { ...input, range: [0, 255] },
    calibration: { method: 'temperature', temperature: 1, fittedOn: 'nothing', eceBefore: 0, eceAfter: 0 },
    training: {
      architecture: 'by hand',
      parameters: area * TINY_LABELS.length,
      dataset: {
        name: 'none',
        kind: 'synthetic',
        fingerprint: '0'.repeat(64),
        trainImages: 0,
        validationImages: 0,
      },
      seed: 0,
      epochs: 0,
      recipe: {},
      backend: 'none',
      packages: {},
      seconds: 0,
      finishedAt: '2026-01-01T00:00:00.000Z',
    },
    evaluation: [],
    licence: { weights: 'Apache-2.0', data: 'none' },
    intendedUse: 'Tests.',
    limits: ['Tells halves of a picture apart.'],
    graph: {
      file: 'model.onnx',
      sha256: createHash('sha256').update(graph).digest('hex'),
      bytes: graph.byteLength,
      opset: 18,
      irVersion: 8,
      precision: 'fp32',
      input: {
        name: 'pixels',
        dtype: 'float32',
        layout: 'NCHW',
        shape: ['N', 1, TINY_SIZE_PX, TINY_SIZE_PX],
      },
      output: { name: 'probabilities', dtype: 'float32', shape: ['N', TINY_LABELS.length] },
    },
    golden: { seed, outputs: goldens, tolerance: 1e-5 },
  };
};

/** Writes the tiny classifier and its card to a new folder. */
export const writeTinyClassifier = (): {
  readonly folder: string;
  readonly model: string;
  readonly card: string;
} => {
  const folder = mkdtempSync(join(tmpdir(), 'mien-tiny-'));
  const model = join(folder, 'model.onnx');
  const card = join(folder, 'model.card.json');
  writeFileSync(model, tinyGraph());
  writeFileSync(card, JSON.stringify(tinyCard()));
  return { folder, model, card };
};
