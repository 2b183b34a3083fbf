import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { installNative, NativeInstallError, nativeTensorflowVersion } from './install-native.ts';

const require = createRequire(import.meta.url);
const PACKAGE = path.dirname(require.resolve('@tensorflow/tfjs-node/package.json'));
const MODULES = path.join(PACKAGE, '..', '..');

let folder: string;
let packageDir: string;

/** A copy of tfjs-node as `npm ci` leaves it: no library, no addon. */
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'mien-install-'));
  packageDir = path.join(folder, 'node_modules', '@tensorflow', 'tfjs-node');
  await mkdir(packageDir, { recursive: true });
  for (const part of ['package.json', 'scripts']) {
    await cp(path.join(PACKAGE, part), path.join(packageDir, part), { recursive: true });
  }
  for (const name of ['rimraf', 'progress', 'tar', 'adm-zip', 'https-proxy-agent']) {
    await symlink(path.join(MODULES, name), path.join(folder, 'node_modules', name));
  }
});

afterEach(async () => {
  delete process.env['TFJS_NODE_CDN_STORAGE'];
  await rm(folder, { recursive: true, force: true });
});

/** Puts a script of our own in the place of the package's install script. */
const replaceInstaller = async (script: string): Promise<void> => {
  const file = path.join(packageDir, 'package.json');
  const manifest = JSON.parse(await readFile(file, 'utf8')) as { scripts: { install: string } };
  manifest.scripts.install = 'node stand-in.cjs';
  await writeFile(file, JSON.stringify(manifest));
  await writeFile(path.join(packageDir, 'stand-in.cjs'), script);
};

const failure = async (): Promise<Error> =>
  installNative({ packageDir, onLine: () => undefined }).then(
    () => new Error('it did not fail'),
    (error: Error) => error,
  );

test('a download host that does not answer is one line that says what to do', async () => {
  process.env['TFJS_NODE_CDN_STORAGE'] = 'http://127.0.0.1:1/';
  const lines: string[] = [];
  const install = installNative({ packageDir, onLine: (line) => lines.push(line) });
  await expect(install).rejects.toThrow(NativeInstallError);
  await expect(install).rejects.toThrow(
    /^Native TensorFlow was not installed: its download host is out of reach \(ECONNREFUSED[^)\n]*\)\. [^\n]*TFJS_NODE_CDN_STORAGE[^\n]*$/u,
  );
  expect(lines[0]).toBe('* Downloading libtensorflow');
  expect(lines.some((line) => /^\s+at /u.test(line))).toBe(false);
});

test('an installer that fails for another reason is quoted', async () => {
  await replaceInstaller(`console.error('gyp ERR! error: no compiler'); process.exit(3);`);
  expect((await failure()).message).toMatch(/its installer failed \(gyp ERR! error: no compiler\)/u);
});

test('a library that does not load is told apart from one that was not fetched', async () => {
  await replaceInstaller('process.exit(0);');
  expect((await failure()).message).toMatch(/the installed library does not load/u);
});

test('a package without its addon has no version', async () => {
  expect(await nativeTensorflowVersion(packageDir)).toBeUndefined();
});
