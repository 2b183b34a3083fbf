import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installPacked, type Consumer } from './packed-workspace.test-support.ts';

const PHOTO = fileURLToPath(import.meta.resolve('@vladmandic/face-api/demo/sample1.jpg'));
const TSC = fileURLToPath(new URL('../../../node_modules/typescript/bin/tsc', import.meta.url));

let consumer: Consumer;
beforeAll(() => {
  consumer = installPacked(['contract', 'pixels', 'pipeline', 'models', 'infer-node']);
});
afterAll(() => consumer.remove());

const runScript = (file: string, source: string): unknown => {
  writeFileSync(join(consumer.folder, file), source);
  return JSON.parse(consumer.run(process.execPath, file));
};

/** What a script does with the package, however it got hold of it. */
const USE = `
  const recognizer = await createRecognizer();
  const faces = await recognizer.recognize(${JSON.stringify(PHOTO)});
  const failure = await recognizer.recognize(Uint8Array.of(1)).catch((error) => error);
  await recognizer.close();
  console.log(JSON.stringify({ faces: faces.length, isOfClass: failure instanceof UndecodableImageError }));
`;

describe('the packed package infer-node', () => {
  test('has nothing that publint would change', async () => {
    const pkgDir = join(consumer.folder, 'node_modules/@mien/infer-node');
    const { messages } = await publint({ pkgDir, strict: true, pack: false });
    const manifest = JSON.parse(readFileSync(join(pkgDir, 'package.json'), 'utf8')) as Record<
      string,
      unknown
    >;
    expect(messages.map((message) => formatMessage(message, manifest))).toEqual([]);
  });

  test('has types that fit however it is resolved', async () => {
    const tarball = consumer.tarballs.get('infer-node') as Buffer;
    const analysis = await checkPackage(createPackageFromTarballData(new Uint8Array(tarball)));
    expect(analysis.types).not.toBe(false);
    expect('problems' in analysis ? analysis.problems : undefined).toEqual([]);
  });

  test('works as an ES module', () => {
    const source = `import { createRecognizer, UndecodableImageError } from '@mien/infer-node';\n${USE}`;
    expect(runScript('esm.mjs', source)).toEqual({ faces: 3, isOfClass: true });
  });

  test('works as a CommonJS module', () => {
    const source = `const { createRecognizer, UndecodableImageError } = require('@mien/infer-node');\n(async () => {${USE}})();`;
    expect(runScript('cjs.cjs', source)).toEqual({ faces: 3, isOfClass: true });
  });

  test('is one and the same package both ways', () => {
    const source = `
      import { createRequire } from 'node:module';
      import * as imported from '@mien/infer-node';
      const required = createRequire(import.meta.url)('@mien/infer-node');
      const names = Object.keys(imported);
      const same = names.filter((name) => imported[name] === required[name]);
      console.log(JSON.stringify({ names: names.length, same: same.length }));
    `;
    const { names, same } = runScript('both.mjs', source) as Record<'names' | 'same', number>;
    expect(names).toBeGreaterThan(20);
    expect(same).toBe(names);
  });

  test.each([
    ['node16', 'node16', ['esm.mts', 'cjs.cts']],
    ['esnext', 'bundler', ['bundled.ts']],
  ])('is typed for module %s, resolution %s', (module, moduleResolution, files) => {
    const program = `
      import { createRecognizer, DEVICES, QueueFullError, type FaceReading, type Recognizer } from '@mien/infer-node';
      export const read = async (recognizer: Recognizer): Promise<readonly FaceReading[]> => {
        try {
          for await (const { timeMs, faces } of recognizer.watch('clip.mp4', { fps: 10 })) {
            const id: number | undefined = faces[0]?.trackId;
            console.log(timeMs, id);
          }
          return await recognizer.recognize(new Blob([]));
        } catch (error) {
          const full: QueueFullError | undefined = error instanceof QueueFullError ? error : undefined;
          console.log(full?.limit, DEVICES.includes('auto'));
          return [];
        }
      };
      // @ts-expect-error There is no such device: what is declared must not have become "any".
      export const wrong = createRecognizer({ device: 'abacus' });
    `;
    const options = { module, moduleResolution, target: 'es2023', strict: true, noEmit: true };
    for (const file of files) writeFileSync(join(consumer.folder, file), program);
    writeFileSync(
      join(consumer.folder, 'tsconfig.json'),
      JSON.stringify({ compilerOptions: { ...options, types: ['node'] }, files }),
    );
    expect(consumer.run(process.execPath, TSC, '-p', '.')).toBe('');
  });
});
