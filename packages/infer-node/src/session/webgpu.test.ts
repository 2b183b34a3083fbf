import { existsSync } from 'node:fs';
import { autoProviders } from './auto-providers.ts';
import type { DeviceInUse } from './device.ts';
import { runProgram } from '../child-program.test-support.ts';
import { writeTinyClassifier } from '../tiny-classifier.test-support.ts';

// Chromium brings SwiftShader, a Vulkan driver that computes on the processor: WebGPU without a graphics card.
const CHROMIUM = '/usr/lib/chromium';
const ICD = `${CHROMIUM}/vk_swiftshader_icd.json`;
const HAS_SWIFTSHADER = existsSync(ICD);

const { model } = writeTinyClassifier();

interface Outcome {
  readonly device: unknown;
  readonly readings: readonly { readonly label: string; readonly probability: number }[];
}

/** Classifies on WebGPU and on the CPU, in a process of its own. */
const classifyOnWebGpu = async (
  env: NodeJS.ProcessEnv,
): Promise<{ webgpu: Outcome; cpu: Outcome } | { error: unknown }> => {
  const program = `
    import { createClassifier } from '@mien/infer-node';
    const rgba = new Uint8Array(256).fill(255).map((_, index) => (index % 4 === 3 || index >= 128 ? 255 : 0));
    const image = { widthPx: 8, heightPx: 8, rgba };
    const read = async (device) => {
      const classifier = await createClassifier({ model: ${JSON.stringify(model)}, device });
      const readings = await classifier.classifyMany([image, image, image]);
      await classifier.close();
      return { device: classifier.device, readings };
    };
    try {
      console.log(JSON.stringify({ webgpu: await read('webgpu'), cpu: await read('cpu') }));
    } catch ({ name, device, message }) {
      console.log(JSON.stringify({ error: { name, device, message } }));
    }
  `;
  const { stdout, stderr } = await runProgram(program, { env });
  if (stdout === '') throw new Error(`The program printed nothing, but: ${stderr}`);
  return JSON.parse(stdout) as Awaited<ReturnType<typeof classifyOnWebGpu>>;
};

describe('device auto', () => {
  test('takes the processor where graphics are computed on it anyway, and says so', async () => {
    const library = [CHROMIUM, process.env['LD_LIBRARY_PATH']].filter(Boolean).join(':');
    const program = `
      import { createClassifier } from '@mien/infer-node';
      const classifier = await createClassifier({ model: ${JSON.stringify(model)}, device: 'auto' });
      const { label } = await classifier.classify({ widthPx: 1, heightPx: 1, rgba: new Uint8Array(4) });
      await classifier.close();
      console.log(JSON.stringify({ device: classifier.device, label }));
    `;
    const env = HAS_SWIFTSHADER ? { VK_ICD_FILENAMES: ICD, LD_LIBRARY_PATH: library } : {};
    const { stdout } = await runProgram(program, { env });
    const { device, label } = JSON.parse(stdout) as { device: DeviceInUse; label: string };
    expect(label).toBe('left');
    expect(device.requested).toBe('auto');
    if (device.provider === 'cpu') {
      for (const other of autoProviders(process).slice(0, -1)) expect(device.note).toContain(`${other}: `);
      if (HAS_SWIFTSHADER) expect(device.note).toMatch(/webgpu: slower \(\d+ ms against \d+ ms\)/u);
    } else {
      expect(HAS_SWIFTSHADER && process.platform === 'linux' && device.provider === 'webgpu').toBe(false);
    }
  });
});

describe('device webgpu', () => {
  test('runs the graph on WebGPU and gives what the CPU gives, or says that it cannot', async () => {
    const library = [CHROMIUM, process.env['LD_LIBRARY_PATH']].filter(Boolean).join(':');
    const outcome = await classifyOnWebGpu(
      HAS_SWIFTSHADER ? { VK_ICD_FILENAMES: ICD, LD_LIBRARY_PATH: library } : {},
    );
    if ('error' in outcome) {
      expect(HAS_SWIFTSHADER).toBe(false);
      expect(outcome.error).toMatchObject({ name: 'DeviceUnavailableError', device: 'webgpu' });
      return;
    }
    const { webgpu, cpu } = outcome;
    expect(webgpu.device).toEqual({ requested: 'webgpu', provider: 'webgpu' });
    expect(webgpu.readings.map(({ label }) => label)).toEqual(['bottom', 'bottom', 'bottom']);
    for (const [index, { probability }] of webgpu.readings.entries())
      expect(probability).toBeCloseTo(cpu.readings[index]?.probability ?? NaN, 5);
  });

  test('does not fall back unseen where Linux has no driver', async () => {
    const nowhere = '/nonexistent/icd.json';
    const outcome = await classifyOnWebGpu({ VK_ICD_FILENAMES: nowhere, VK_DRIVER_FILES: nowhere });
    if (process.platform === 'linux') {
      expect(outcome).toMatchObject({ error: { name: 'DeviceUnavailableError', device: 'webgpu' } });
      expect(JSON.stringify(outcome)).toContain('cannot be used: Failed to get a WebGPU adapter');
    } else {
      expect(outcome).not.toMatchObject({ webgpu: { device: { provider: 'cpu' } } });
    }
  });
});
