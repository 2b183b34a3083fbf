import type { TrainingSpeed } from '../backend/measure-training.ts';
import { benchBackend } from '../backend/bench-backends.ts';
import { PyTorchUnavailableError } from '../bench/measure-pytorch.ts';
import { benchCommand, formatBench } from './bench-command.ts';

const speed = (name: 'tensorflow' | 'wasm', imagesPerSecond: number): { speed: TrainingSpeed } => ({
  speed: {
    backend: { name, description: `${name} 1.0`, reasons: [] },
    batchSize: 32,
    steps: 20,
    imagesPerSecond,
  },
});

test('the table has a line for each backend, aligned, and says why one is missing', () => {
  const table = formatBench(
    [
      {
        backend: 'tensorflow',
        results: { document: speed('tensorflow', 512.4), residual: speed('tensorflow', 80) },
      },
      {
        backend: 'webgpu',
        results: { document: { reason: 'no adapter' }, residual: { reason: 'no adapter' } },
      },
      { backend: 'wasm', results: { document: speed('wasm', 131), residual: speed('wasm', 7.31) } },
    ],
    ['document', 'residual'],
  );
  expect(table).toBe(
    [
      'backend     document  residual  runs on',
      'tensorflow       512        80  tensorflow 1.0',
      'webgpu             –         –  no adapter',
      'wasm             131       7.3  wasm 1.0',
    ].join('\n'),
  );
});

test('a measurement runs whole training steps in a process of its own', async () => {
  const { speed, reason } = await benchBackend({
    backend: 'wasm',
    architecture: 'document',
    batchSize: 2,
    steps: 2,
  });
  expect(reason).toBeUndefined();
  expect(speed).toMatchObject({ backend: { name: 'wasm' }, batchSize: 2, steps: 2 });
  expect(speed?.imagesPerSecond).toBeGreaterThan(0);
});

test('an architecture that does not exist comes back as the reason', async () => {
  const { reason } = await benchBackend({ backend: 'cpu', architecture: 'vgg', steps: 1 });
  expect(reason).toMatch(/There is no architecture "vgg"/u);
});

test('a Python that is not there ends the comparison before anything is measured', async () => {
  const comparing = benchCommand().parseAsync(['--pytorch', 'nowhere/python'], { from: 'user' });
  await expect(comparing).rejects.toThrow(PyTorchUnavailableError);
});
