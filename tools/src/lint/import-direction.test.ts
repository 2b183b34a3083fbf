import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const CONFIG = fileURLToPath(new URL('../../../.oxlintrc.json', import.meta.url));
const OXLINT = join(dirname(createRequire(import.meta.url).resolve('oxlint/package.json')), 'bin/oxlint');

const PACKAGES = [
  'contract',
  'pixels',
  'pipeline',
  'training',
  'export',
  'models',
  'infer-node',
  'infer-web',
];

/** What each package may import of the others, as docs/architecture.md draws it. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  contract: [],
  pixels: ['contract'],
  pipeline: ['contract', 'pixels'],
  training: ['contract', 'pixels'],
  export: ['contract', 'pixels'],
  models: ['contract'],
  'infer-node': ['contract', 'pixels', 'pipeline', 'models'],
  'infer-web': ['contract', 'pixels', 'pipeline', 'models'],
};

/** Other ways to get at something that none of them may have. */
const FORBIDDEN = [
  '@mien/tools',
  '@mien/training/deep/inside',
  '../../export/src/index.ts',
  '../../../packages/export/src/index.ts',
];
const RUNTIMES = ['node:fs', '@tensorflow/tfjs', 'onnxruntime-node', 'onnxruntime-web/wasm', 'sharp'];

const lint = (folder: string): Promise<string> =>
  new Promise((resolve) => {
    const args = [OXLINT, '--format', 'json', '.'];
    execFile(process.execPath, args, { cwd: folder }, (_error, stdout) => resolve(stdout));
  });

interface Diagnostic {
  readonly code: string;
  readonly filename: string;
  readonly message: string;
}

/** The imports that lint refuses, by the file that holds them. */
const refusedIn = (report: string): Map<string, string[]> => {
  const { diagnostics } = JSON.parse(report) as { diagnostics: readonly Diagnostic[] };
  const refused = new Map<string, string[]>();
  for (const { code, filename, message } of diagnostics) {
    const [, specifier] = /^'([^']+)' import is restricted/u.exec(message) ?? [];
    if (code.includes('no-restricted-imports') && specifier !== undefined)
      refused.set(filename, [...(refused.get(filename) ?? []), specifier]);
  }
  return refused;
};

describe('lint', () => {
  let folder: string;
  let refused: Map<string, string[]>;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mien-lint-'));
    await copyFile(CONFIG, join(folder, '.oxlintrc.json'));
    const others = PACKAGES.map((name) => `@mien/${name}`);
    const text = [...others, ...FORBIDDEN, ...RUNTIMES].map((name) => `import '${name}';\n`).join('');
    for (const name of PACKAGES) {
      const source = join(folder, 'packages', name, 'src');
      await mkdir(source, { recursive: true });
      for (const file of ['planted.ts', 'planted.test.ts']) await writeFile(join(source, file), text);
    }
    refused = refusedIn(await lint(folder));
  });
  afterAll(() => rm(folder, { recursive: true }));

  test.each(PACKAGES)('lets %s import what the architecture allows, and nothing else of Mien', (name) => {
    const forbidden = PACKAGES.filter((other) => !MAY_IMPORT[name]?.includes(other));
    for (const file of ['planted.ts', 'planted.test.ts']) {
      const ofMien = (refused.get(`packages/${name}/src/${file}`) ?? []).filter(
        (specifier) => specifier.startsWith('@mien/') || specifier.startsWith('.'),
      );
      expect(ofMien.toSorted()).toEqual(
        [...forbidden.map((other) => `@mien/${other}`), ...FORBIDDEN].toSorted(),
      );
    }
  });

  test.each(['contract', 'pixels', 'pipeline'])('keeps every runtime out of %s', (name) => {
    expect(refused.get(`packages/${name}/src/planted.ts`)).toEqual(expect.arrayContaining(RUNTIMES));
  });

  test('keeps Node out of what runs in browsers', () => {
    expect(refused.get('packages/infer-web/src/planted.ts')).toEqual(
      expect.arrayContaining(['node:fs', 'onnxruntime-node', 'sharp']),
    );
  });
});
