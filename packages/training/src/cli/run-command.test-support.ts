import { spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createRandom } from '@mien/contract';
import sharp from 'sharp';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const NODE_ARGS = [
  '--conditions=@mien/source',
  '--import',
  './tools/register-source.mjs',
  'packages/training/src/cli/main.ts',
];

/** How a command ended. */
export interface Outcome {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

/** A signal that is sent once the output matches. */
export interface Stop {
  readonly when: RegExp;
  readonly signal: NodeJS.Signals;
}

/** Runs a command of this package in a process of its own. */
export const runCommand = (name: string, args: readonly string[], stop?: Stop): Promise<Outcome> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...NODE_ARGS, name, ...args], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    let err = '';
    let hasStopped = false;
    child.stdout.on('data', (data: Buffer) => {
      out += data.toString();
      if (hasStopped || stop?.when.test(out) !== true) return;
      hasStopped = true;
      child.kill(stop.signal);
    });
    child.stderr.on('data', (data: Buffer) => {
      err += data.toString();
    });
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, out, err }));
  });

/** Draws two classes that differ in where they are bright, 12 pictures of each. */
export const drawFaces = async (to: string): Promise<void> => {
  for (const [index, label] of ['lower', 'upper'].entries()) {
    await mkdir(join(to, label), { recursive: true });
    for (let image = 0; image < 12; image++) {
      const random = createRandom(index, image);
      const pixels = Uint8Array.from({ length: 48 * 48 }, (_, pixel) => {
        const isBright = pixel < 24 * 48 === (index === 1);
        return (isBright ? 130 : 50) + random.integer(80);
      });
      await sharp(pixels, { raw: { width: 48, height: 48, channels: 1 } })
        .png()
        .toFile(join(to, label, `${image}.png`));
    }
  }
};
