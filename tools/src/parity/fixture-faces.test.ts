import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import sharp from 'sharp';
import { InvalidFixtureError, readFixtureFaces } from './fixture-faces.ts';

describe('the fixture faces', () => {
  test('are 28, and their PNG files hold the very same pixels', async () => {
    const faces = await readFixtureFaces();
    expect(faces).toHaveLength(28);
    for (const { frame, png } of faces) {
      const decoded = await sharp(png).ensureAlpha().toColourspace('srgb').raw().toBuffer();
      expect(Buffer.compare(decoded, Buffer.from(frame.rgba))).toBe(0);
    }
  });

  test('are refused when they are missing or cut short', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mien-faces-'));
    const url = pathToFileURL(`${folder}/`);
    await expect(readFixtureFaces(url)).rejects.toThrow(InvalidFixtureError);
    await writeFile(
      join(folder, 'faces-48x48.json'),
      JSON.stringify({ widthPx: 48, heightPx: 48, count: 2 }),
    );
    await writeFile(join(folder, 'faces-48x48.gray'), Buffer.alloc(48 * 48 * 2 - 1));
    await expect(readFixtureFaces(url)).rejects.toThrow('4607 bytes, not 2 × 2304');
    await rm(folder, { recursive: true });
  });
});
