import { execFile, spawn } from 'node:child_process';
import { readdir, readFile, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import { MienError } from '@mien/contract';

/** Native TensorFlow could not be fetched, built or loaded. */
export class NativeInstallError extends MienError {
  override readonly name = 'NativeInstallError';
  constructor(
    readonly reason: string,
    remedy: string,
    options?: ErrorOptions,
  ) {
    super(`Native TensorFlow was not installed: ${reason}. ${remedy}`, options);
  }
}

const WITHOUT_IT = 'Training works without it: --backend auto takes WebGPU or WebAssembly.';

/** What Node says when a host does not answer. */
const UNREACHABLE =
  /\b(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|EPROTO|CERT_\w+|SELF_SIGNED_\w+|socket hang up|tunneling socket)\b[^\n]*/u;

/** The installer neither fails nor gets on when a firewall swallows its packets. */
const STALLED_MS = 90_000;
const PROGRESS_EVERY_MS = 2000;

/** Where to install, and whom to tell. */
export interface InstallNativeParams {
  /** Folder of tfjs-node; the installed one where left out. */
  readonly packageDir?: string;
  /** Takes one line of progress. */
  readonly onLine: (line: string) => void;
  /** Passes on everything that the installer prints, stack traces too. */
  readonly isVerbose?: boolean;
}

const installedPackage = (): string =>
  path.dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-node/package.json'));

/**
 * Loads tfjs-node in a fresh process and computes with it.
 *
 * @returns the version of TensorFlow; undefined where it does not work.
 */
export const nativeTensorflowVersion = async (
  packageDir = installedPackage(),
): Promise<string | undefined> => {
  const script = `
    const tf = require(${JSON.stringify(packageDir)});
    if (tf.getBackend() !== 'tensorflow' || tf.scalar(3).square().dataSync()[0] !== 9) process.exit(1);
    process.stdout.write(String(tf.backend().binding.TF_Version));`;
  try {
    return (await promisify(execFile)(process.execPath, ['--eval', script])).stdout;
  } catch {
    return undefined;
  }
};

/** Bytes in a folder; 0 where there is none. */
const folderBytes = async (folder: string): Promise<number> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const sizes = entries
    .filter((entry) => entry.isFile())
    .map(
      async (entry) => (await stat(path.join(entry.parentPath, entry.name)).catch(() => ({ size: 0 }))).size,
    );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
};

/** The environment of a package's script: npm puts the commands of installed packages on the path. */
const scriptEnvironment = (packageDir: string): NodeJS.ProcessEnv => {
  const folders: string[] = [];
  for (let folder = packageDir; folder !== path.dirname(folder); folder = path.dirname(folder)) {
    folders.push(path.join(folder, 'node_modules', '.bin'));
  }
  return { ...process.env, PATH: [...folders, process.env['PATH']].join(path.delimiter) };
};

/** Runs the package's own install script to its end. */
const runInstaller = async (
  packageDir: string,
  { onLine, isVerbose = false }: InstallNativeParams,
): Promise<{ code: number | null; output: string; isStalled: boolean }> => {
  const manifest = await readFile(path.join(packageDir, 'package.json'), 'utf8');
  const { scripts } = JSON.parse(manifest) as { scripts: { install: string } };
  const child = spawn(scripts.install, {
    shell: true,
    cwd: packageDir,
    env: scriptEnvironment(packageDir),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      const lines = text.split('\n').filter((line) => isVerbose || /^(?:\* |https?:)/u.test(line));
      for (const line of lines) onLine(line);
    });
  }
  let isStalled = false;
  const watch = watchFolder(path.join(packageDir, 'deps'), onLine, () => {
    isStalled = true;
    child.kill();
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('close', resolve).once('error', reject);
  }).finally(() => clearInterval(watch));
  return { code, output, isStalled };
};

/** Tells how much has arrived, and when nothing has for long. */
const watchFolder = (folder: string, onLine: (line: string) => void, onStall: () => void): NodeJS.Timeout => {
  let lastBytes = 0;
  let lastChange = performance.now();
  const look = async (): Promise<void> => {
    const bytes = await folderBytes(folder);
    if (bytes !== lastBytes) {
      lastBytes = bytes;
      lastChange = performance.now();
      onLine(`  ${(bytes / 1e6).toFixed(0)} MB unpacked`);
    } else if (bytes === 0 && performance.now() - lastChange > STALLED_MS) onStall();
  };
  return setInterval(() => void look(), PROGRESS_EVERY_MS);
};

/**
 * Installs native TensorFlow with tfjs-node's own installer, and checks in a fresh process that it computes.
 *
 * @returns the version of TensorFlow.
 * @throws {NativeInstallError} when its host is out of reach, or the installer or the check fails.
 */
export const installNative = async (params: InstallNativeParams): Promise<string> => {
  const packageDir = params.packageDir ?? installedPackage();
  const { code, output, isStalled } = await runInstaller(packageDir, params);
  const unreachable = UNREACHABLE.exec(output)?.[0];
  if (isStalled || (code !== 0 && unreachable !== undefined)) {
    throw new NativeInstallError(
      `its download host is out of reach (${unreachable ?? 'no answer'})`,
      `Try again with a connection to it, or name a mirror in TFJS_NODE_CDN_STORAGE or a proxy in HTTPS_PROXY. ${WITHOUT_IT}`,
    );
  }
  if (code !== 0) {
    const last =
      output
        .trim()
        .split('\n')
        .findLast((line) => /error/iu.test(line)) ?? `exit code ${code}`;
    throw new NativeInstallError(`its installer failed (${last.trim()})`, `See --verbose. ${WITHOUT_IT}`);
  }
  const version = await nativeTensorflowVersion(packageDir);
  if (version === undefined) {
    throw new NativeInstallError(
      'the installed library does not load',
      `It may not fit this system. ${WITHOUT_IT}`,
    );
  }
  return version;
};
