import { fork } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findChromium } from '../../browser/find-chromium.mjs';
import type { Device } from '@mien/infer-node';
import type { Outcome, ParityTask, Runtime } from '../runtime.ts';
import type { NodeTask } from './node-child.ts';

const CHILD = fileURLToPath(new URL('./node-child.ts', import.meta.url));
const REGISTER = new URL('../../../register-source.mjs', import.meta.url).href;

/**
 * Runs `@mien/infer-node` in a process of its own: a GPU driver may take the process down with it, and the Vulkan
 * loader reads its environment only once.
 */
const runInChild = (task: NodeTask, env: Readonly<Record<string, string>> = {}): Promise<Outcome> =>
  new Promise((resolve) => {
    const child = fork(CHILD, [JSON.stringify(task)], {
      execArgv: ['--conditions=@mien/source', '--import', REGISTER],
      env: { ...process.env, ...env },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    let outcome: Outcome | undefined;
    let complaints = '';
    child.stderr?.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
    child.once('message', (message) => (outcome = message as Outcome));
    child.once('error', ({ message }) => resolve({ status: 'failed', reason: message }));
    child.once('close', (code, signal) => {
      const end = signal === null ? `ended with code ${code}` : `was ended by ${signal}`;
      const lastWords = complaints.trim().split('\n').at(-1) ?? '';
      resolve(outcome ?? { status: 'failed', reason: `the process ${end}: ${lastWords}` });
    });
  });

/** Chromium's own software GPU: the folder of its Vulkan driver, wherever the distribution keeps it. */
const swiftshaderFolder = (): string | undefined => {
  const chromium = findChromium();
  const beside = chromium === undefined ? [] : [dirname(realpathSync(chromium))];
  return [...beside, '/usr/lib/chromium', '/usr/lib64/chromium-browser', '/opt/google/chrome'].find(
    (folder) => existsSync(join(folder, 'vk_swiftshader_icd.json')),
  );
};

const run = (device: Device, { graphFile, faces }: ParityTask, env = {}): Promise<Outcome> =>
  runInChild({ graphFile, device, faces: faces.length }, env);

const runOnWebgpu = async (task: ParityTask): Promise<Outcome> => {
  const onGpu = await run('webgpu', task);
  const folder = swiftshaderFolder();
  if (onGpu.status !== 'missing' || process.platform !== 'linux' || folder === undefined) return onGpu;
  const inSoftware = await run('webgpu', task, {
    VK_ICD_FILENAMES: join(folder, 'vk_swiftshader_icd.json'),
    LD_LIBRARY_PATH: [process.env['LD_LIBRARY_PATH'], folder].filter(Boolean).join(delimiter),
  });
  if (inSoftware.status !== 'ran') return inSoftware;
  return { ...inSoftware, provider: `${inSoftware.provider} (SwiftShader)` };
};

/** ONNX Runtime in Node, through `@mien/infer-node`. WebGPU runs on SwiftShader where there is no GPU. */
export const nodeRuntimes: readonly Runtime[] = [
  { id: 'node-cpu', run: (task) => run('cpu', task) },
  { id: 'node-cuda', run: (task) => run('cuda', task) },
  { id: 'node-webgpu', run: runOnWebgpu },
];
