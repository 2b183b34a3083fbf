import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** How a WebGPU adapter describes itself (`GPUAdapterInfo`). */
export interface AdapterInfo {
  readonly vendor: string;
  readonly architecture: string;
  readonly device: string;
  readonly description: string;
  /** True where the driver itself says that it computes on the CPU. */
  readonly isFallbackAdapter: boolean;
}

/** SwiftShader, Mesa's llvmpipe and lavapipe, Windows' WARP ("Microsoft Basic Render Driver"). */
const SOFTWARE = /swiftshader|llvmpipe|lavapipe|basic render|software/iu;

const PROBE_TIMEOUT_MS = 30_000;

const probeScript = (webgpu: string): string => `
  import { create, globals } from ${JSON.stringify(webgpu)};
  Object.assign(globalThis, globals);
  const adapter = await create([]).requestAdapter({ powerPreference: 'high-performance' });
  const { vendor, architecture, device, description, isFallbackAdapter } = adapter?.info ?? {};
  const info = { vendor, architecture, device, description, isFallbackAdapter: isFallbackAdapter === true };
  process.stdout.write(JSON.stringify(adapter ? info : null), () => process.exit(0));`;

/** Tells whether an adapter computes on the CPU. */
export const isSoftwareAdapter = ({
  isFallbackAdapter,
  vendor,
  architecture,
  device,
  description,
}: AdapterInfo): boolean =>
  isFallbackAdapter || SOFTWARE.test([vendor, architecture, device, description].join(' '));

/**
 * Asks for the WebGPU adapter that this machine would give, in a process of its own: drivers and Dawn write to the
 * console, and a broken driver takes its process down.
 *
 * @returns undefined where there is no adapter.
 * @throws when Dawn cannot be loaded, or its process dies or hangs.
 */
export const probeWebGpu = async (): Promise<AdapterInfo | undefined> => {
  const script = probeScript(import.meta.resolve('webgpu'));
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
    timeout: PROBE_TIMEOUT_MS,
  }).catch((error: unknown) => {
    const { stderr = '' } = error as { stderr?: string };
    const cause = /^\w*Error: .*$/mu.exec(stderr)?.[0];
    throw new Error(cause ?? 'the process that looked for an adapter died', { cause: error });
  });
  return (JSON.parse(stdout) as AdapterInfo | null) ?? undefined;
};
