import { createRandom } from '@mien/contract';
import * as tf from '@tensorflow/tfjs';
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { convertFile } from '../cli/convert-file.ts';
import { print, runCommand } from '../cli/run-command.ts';
import { OPSET } from '../write/write-onnx.ts';

/**
 * Converts and proves a model of more than 2 GiB, which neither a file read at once nor an ONNX file in one piece can
 * hold. Takes 9 GB of memory and 5 GB of disk.
 */

const UNITS = 8192;
const LAYERS = 8;
const CLASSES = 64;

/** The first weight file is larger than 2 GiB, and a layer's weights go on in the second. */
const SECOND_SHARD_BYTES = 2 ** 20;

const layerNames = Array.from({ length: LAYERS }, (_, index) => `dense_${index}`);

const dense = (name: string, units: number) => ({
  class_name: 'Dense',
  config: {
    name,
    units,
    use_bias: false,
    activation: 'linear',
    kernel_initializer: { class_name: 'Zeros', config: {} },
  },
});

const modelJson = {
  format: 'layers-model',
  modelTopology: {
    class_name: 'Sequential',
    config: {
      name: 'large',
      layers: [
        {
          class_name: 'InputLayer',
          config: { name: 'x', batch_input_shape: [null, UNITS], dtype: 'float32' },
        },
        ...layerNames.map((name) => dense(name, UNITS)),
        dense('classes', CLASSES),
      ],
    },
  },
  weightsManifest: [
    {
      paths: ['shard1.bin', 'shard2.bin'],
      weights: [...layerNames.map((name) => [name, UNITS] as const), ['classes', CLASSES] as const].map(
        ([name, units]) => ({ name: `${name}/kernel`, shape: [UNITS, units], dtype: 'float32' }),
      ),
    },
  ],
};

/** Writes numbers that keep the size of what they multiply, other ones for each row. */
const writeWeights = async (folder: string): Promise<void> => {
  const random = createRandom(1);
  const block = Float32Array.from(
    { length: UNITS * 16 },
    () => (random.next() - 0.5) * Math.sqrt(12 / UNITS),
  );
  const total = 4 * UNITS * (UNITS * LAYERS + CLASSES);
  const [first, second] = [
    await open(join(folder, 'shard1.bin'), 'w'),
    await open(join(folder, 'shard2.bin'), 'w'),
  ];
  try {
    for (let at = 0, row = 0; at < total; row++) {
      const left = total - SECOND_SHARD_BYTES - at;
      const bytes = new Uint8Array(block.map((value) => value * (1 + (row % 997) / 5000)).buffer);
      const piece = bytes.subarray(0, Math.min(bytes.length, left > 0 ? left : total - at));
      await (left > 0 ? first : second).write(piece);
      at += piece.length;
    }
  } finally {
    await first.close();
    await second.close();
  }
};

const run = async (): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), 'large-model-'));
  try {
    print(
      `Writing a model of ${((4 * UNITS * (UNITS * LAYERS + CLASSES)) / 2 ** 30).toFixed(3)} GiB to ${folder}`,
    );
    await writeFile(join(folder, 'model.json'), JSON.stringify(modelJson));
    await writeWeights(folder);
    const quiet = { channelsFirst: false, shape: {}, verbose: true, floatLayers: 0, errorTarget: 0.005 };
    await convertFile(folder, { ...quiet, out: join(folder, 'large.onnx'), opset: OPSET, verify: true });
    print(`Most memory at any time: ${(process.resourceUsage().maxRSS / 2 ** 20).toFixed(1)} GiB`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

tf.enableProdMode();
await tf.setBackend('cpu');
await runCommand(run, { verbose: true });
