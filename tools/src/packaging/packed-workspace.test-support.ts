import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** A project outside of this repository that has the packages as they would be published. */
export interface Consumer {
  readonly folder: string;
  /** The file that would be published, by the package's name in `packages/`. */
  readonly tarballs: ReadonlyMap<string, Buffer>;
  /** Runs a program in it; throws with what it said where it fails. */
  run(program: string, ...args: readonly string[]): string;
  remove(): void;
}

const run = (cwd: string, program: string, args: readonly string[]): string => {
  const env = { ...process.env };
  // The test's own flags would let the packages resolve to their sources, and what Nx says of folders is not of this one.
  for (const name of ['NODE_OPTIONS', 'NX_WORKSPACE_ROOT', 'INIT_CWD']) delete env[name];
  try {
    return execFileSync(program, args, { cwd, env, encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${program} ${args.join(' ')} failed: ${stdout}${stderr}`, { cause: error });
  }
};

/** Unpacks a package as npm installs it. */
const install = (name: string, folder: string): Buffer => {
  const [packed] = JSON.parse(
    run(join(ROOT, 'packages', name), 'npm', ['pack', '--json', '--pack-destination', folder]),
  ) as [{ readonly filename: string }];
  const file = join(folder, packed.filename.replace('@', '').replace('/', '-'));
  const target = join(folder, 'node_modules/@mien', name);
  mkdirSync(target, { recursive: true });
  run(target, 'tar', ['-xzf', file, '--strip-components=1']);
  return readFileSync(file);
};

/** Lets a project see a package of others, and no more than it: theirs are found from where it really lies. */
const link = (dependency: string, folder: string): void => {
  const target = join(folder, 'node_modules', dependency);
  rmSync(target, { force: true });
  mkdirSync(dirname(target), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules', dependency), target, 'dir');
};

/**
 * Makes a project with packages of this repository in it, packed and unpacked, and with what they say they depend on:
 * what they import but do not declare is not found there.
 *
 * @param names of the packages, which must be built.
 */
export const installPacked = (names: readonly string[]): Consumer => {
  const folder = mkdtempSync(join(tmpdir(), 'mien-consumer-'));
  const tarballs = new Map(names.map((name) => [name, install(name, folder)]));
  for (const name of names) {
    const manifest = readFileSync(join(folder, 'node_modules/@mien', name, 'package.json'), 'utf8');
    const { dependencies = {} } = JSON.parse(manifest) as Manifest;
    for (const dependency of Object.keys(dependencies)) {
      if (!dependency.startsWith('@mien/')) link(dependency, folder);
    }
  }
  link('@types/node', folder);
  return {
    folder,
    tarballs,
    run: (program, ...args) => run(folder, program, args),
    remove: () => rmSync(folder, { recursive: true }),
  };
};
