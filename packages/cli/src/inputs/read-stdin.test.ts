import { existsSync, readFileSync } from 'node:fs';
import { UnusableStdinError } from './input-errors.ts';
import { readStdin } from './read-stdin.ts';

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

const PNG = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, ...Array(500).keys()]);
const WEBM = Uint8Array.from([0x1a, 0x45, 0xdf, 0xa3, ...Array(500).keys()]);

describe('standard input', () => {
  test.each([1, 7, 1000])(
    'is taken into memory where it is a picture, in pieces of %i bytes',
    async (size) => {
      await using content = await readStdin(pieces(PNG, size));
      expect(content.kind).toBe('picture');
      expect(content.source).toEqual(PNG);
    },
  );

  test('is put into a file where it is a video, which is gone afterwards', async () => {
    let path = '';
    {
      await using content = await readStdin(pieces(WEBM, 7));
      expect(content.kind).toBe('video');
      path = content.source as string;
      expect(Uint8Array.from(readFileSync(path))).toEqual(WEBM);
    }
    expect(existsSync(path)).toBe(false);
  });

  test('has to bring something', async () => {
    await expect(readStdin(pieces(new Uint8Array(), 1))).rejects.toThrow(UnusableStdinError);
  });
});
