import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { formatHashes, hashGraphs, parseHashes } from './graph-hashes.ts';

/** The SHA-256 of "abc" and of nothing, from FIPS 180-2 and its test vectors. */
const ABC = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
const NOTHING = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

test('hashes the graphs of a folder, in the order of their names, and nothing else', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'mien-hashes-'));
  await writeFile(join(folder, 'b.onnx'), 'abc');
  await writeFile(join(folder, 'a.fp16.onnx'), '');
  await writeFile(join(folder, 'b.card.json'), '{}');
  const hashes = await hashGraphs(pathToFileURL(`${folder}/`));
  await rm(folder, { recursive: true });
  expect(hashes).toEqual([
    { file: 'a.fp16.onnx', sha256: NOTHING },
    { file: 'b.onnx', sha256: ABC },
  ]);
});

test('writes lines as sha256sum does, and reads them again', () => {
  const hashes = [
    { file: 'a.onnx', sha256: ABC },
    { file: 'b c.onnx', sha256: NOTHING },
  ];
  expect(formatHashes(hashes)).toBe(`${ABC}  a.onnx\n${NOTHING}  b c.onnx\n`);
  expect(parseHashes(formatHashes(hashes))).toEqual(hashes);
});
