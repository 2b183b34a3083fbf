import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import tf from '@tensorflow/tfjs';
import { BackendUnavailableError, UnknownBackendError } from './backend-unavailable-error.ts';
import { CONCRETE_BACKENDS, selectBackend, type BackendName } from './select-backend.ts';
import { isSoftwareAdapter } from './probe-webgpu.ts';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));

/** Selects a backend in a process of its own. */
const selectAlone = (requested: string, setup = '', env: NodeJS.ProcessEnv = {}) => {
  const script = `${setup}
    const { selectBackend } = await import('./packages/training/src/backend/select-backend.ts');
    try { console.log(JSON.stringify(await selectBackend('${requested}'))); }
    catch (error) { console.log(JSON.stringify({ name: error.name, message: error.message })); }`;
  const child = spawnSync(
    process.execPath,
    [
      '--conditions=@mien/source',
      '--import',
      './tools/register-source.mjs',
      '--input-type=module',
      '--eval',
      script,
    ],
    { cwd: ROOT, encoding: 'utf8', env: { ...process.env, ...env } },
  );
  return { answer: JSON.parse(child.stdout) as Record<string, unknown>, stderr: child.stderr };
};

/** Makes `require` and `import` of a package fail, as on a machine that lacks it. */
const without = (...names: string[]): string => `
  import { register } from 'node:module';
  register('data:text/javascript,' + encodeURIComponent(\`export const resolve = (name, context, next) => {
    if (\${JSON.stringify(${JSON.stringify(names)})}.includes(name)) throw new Error('stand-in: ' + name + ' is missing');
    return next(name, context);
  }\`));`;

test.each(['wasm', 'cpu'] as const)('%s starts when it is asked for', async (name) => {
  const backend = await selectBackend(name);
  expect(backend).toMatchObject({ name, reasons: [] });
  expect(tf.getBackend()).toBe(name);
});

test('the wasm backend says what it runs on', async () => {
  expect((await selectBackend('wasm')).description).toMatch(/^WebAssembly SIMD, \d threads?$/u);
});

test('starting wasm adds no process listener', async () => {
  const before = process.listenerCount('uncaughtException') + process.listenerCount('unhandledRejection');
  await selectBackend('wasm');
  expect(process.listenerCount('uncaughtException') + process.listenerCount('unhandledRejection')).toBe(
    before,
  );
});

test('auto takes the best that runs and says why the better ones do not, on a quiet console', () => {
  const { answer, stderr } = selectAlone('auto');
  const passedOver = (answer['reasons'] as string[]).map((reason) => reason.split(':')[0]);
  expect([...passedOver, answer['name']]).toEqual(CONCRETE_BACKENDS.slice(0, passedOver.length + 1));
  expect(stderr).not.toMatch(/^\s+at /mu);
});

test('auto falls back to wasm where neither native TensorFlow nor WebGPU can be loaded', () => {
  const { answer, stderr } = selectAlone('auto', without('@tensorflow/tfjs-node', 'webgpu'));
  expect(answer).toEqual({
    name: 'wasm',
    description: expect.stringMatching(/^WebAssembly SIMD/u),
    reasons: [
      'tensorflow: stand-in: @tensorflow/tfjs-node is missing',
      'webgpu: stand-in: webgpu is missing',
    ],
  });
  expect(stderr).toBe('');
});

test('a backend that cannot run is an error that says what to do', () => {
  const { answer } = selectAlone('tensorflow', without('@tensorflow/tfjs-node'));
  expect(answer).toEqual({
    name: 'BackendUnavailableError',
    message:
      'The tensorflow backend cannot run here: stand-in: @tensorflow/tfjs-node is missing. ' +
      'Run `npx nx run training:install-native`, or use --backend auto.',
  });
});

test('a backend that does not exist is an error that names those that do', async () => {
  await expect(selectBackend('metal' as BackendName)).rejects.toThrow(UnknownBackendError);
  await expect(selectBackend('metal' as BackendName)).rejects.toThrow(/auto, tensorflow, webgpu, wasm, cpu/u);
});

test('the error keeps the backend and the reason', () => {
  expect(new BackendUnavailableError('webgpu', 'no adapter', 'Buy a GPU')).toMatchObject({
    backend: 'webgpu',
    reason: 'no adapter',
    message: 'The webgpu backend cannot run here: no adapter. Buy a GPU, or use --backend auto.',
  });
});

test.each([
  [
    { vendor: 'google', architecture: 'swiftshader', device: '0xc0de', description: 'SwiftShader Device' },
    true,
  ],
  [{ vendor: 'mesa', architecture: '', device: '', description: 'llvmpipe (LLVM 15.0.6, 256 bits)' }, true],
  [{ vendor: 'nvidia', architecture: 'hopper', device: '0x2335', description: 'NVIDIA H200' }, false],
  [{ vendor: 'x', architecture: '', device: '', description: '', isFallbackAdapter: true }, true],
])('adapter %j is software: %j', (info, expected) => {
  expect(isSoftwareAdapter({ isFallbackAdapter: false, ...info })).toBe(expected);
});
