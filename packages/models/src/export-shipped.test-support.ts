import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const WORKSPACE = fileURLToPath(new URL('../../../', import.meta.url));

/** The targets of this package that export its graphs. */
const TARGETS = ['detector', 'onnx'] as const;

interface Manifest {
  readonly nx: {
    readonly targets: Record<
      (typeof TARGETS)[number],
      { readonly options: Readonly<Record<string, string>> }
    >;
  };
}

/** Runs what `npx nx run models:onnx` runs, as package.json says, but writes into another folder. */
export const exportShipped = async (outFolder: string): Promise<void> => {
  const manifest = await readFile(new URL('../package.json', import.meta.url), 'utf8');
  const { targets } = (JSON.parse(manifest) as Manifest).nx;
  for (const target of TARGETS) {
    const { command = '', cwd: _, ...flags } = targets[target].options;
    const options = Object.entries({ ...flags, out: outFolder }).map(([name, value]) => `--${name}=${value}`);
    const [, ...args] = command.split(' ');
    await promisify(execFile)(process.execPath, [...args, ...options], { cwd: WORKSPACE });
  }
};
