import { join } from 'node:path';
import sharp from 'sharp';
import { decodePicture } from './decode-picture.ts';
import { emptyFolder, noisePng, writeFiles } from './image-folder.test-support.ts';

const GRAY_2X2 = { widthPx: 2, heightPx: 2, channels: 1 } as const;
const RGB_2X2 = { widthPx: 2, heightPx: 2, channels: 3 } as const;

/** Red and green above blue and white. */
const FOUR_COLOURS = Uint8Array.of(255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255);
const fourColours = () => sharp(FOUR_COLOURS, { raw: { width: 2, height: 2, channels: 3 } });

const decode = async (name: string, bytes: Uint8Array, geometry: typeof GRAY_2X2 | typeof RGB_2X2) => {
  const root = await emptyFolder();
  await writeFiles(root, { [name]: bytes });
  return decodePicture({ kind: 'file', path: join(root, name) }, geometry);
};

describe('decoding an image file', () => {
  test('gives interleaved colours', async () => {
    expect([...(await decode('a.png', await fourColours().png().toBuffer(), RGB_2X2))]).toEqual([
      ...FOUR_COLOURS,
    ]);
  });

  test('gives the gray of ITU-R BT.601', async () => {
    // 0.299, 0.587 and 0.114 of 255.
    expect([...(await decode('a.png', await fourColours().png().toBuffer(), GRAY_2X2))]).toEqual([
      76, 150, 29, 255,
    ]);
  });

  test('reads lossless WebP', async () => {
    const bytes = await fourColours().webp({ lossless: true }).toBuffer();
    expect([...(await decode('a.webp', bytes, RGB_2X2))]).toEqual([...FOUR_COLOURS]);
  });

  test('turns a photograph as its EXIF orientation says', async () => {
    // Orientation 6: the camera was turned; the picture's left column is shown as its top row, from the bottom up.
    const bytes = await fourColours().png().withMetadata({ orientation: 6 }).toBuffer();
    expect([...(await decode('a.png', bytes, GRAY_2X2))]).toEqual([29, 76, 255, 150]);
  });

  test.each([
    [
      'gray',
      () =>
        sharp(Uint8Array.of(0, 80, 160, 255), { raw: { width: 2, height: 2, channels: 1 } }).toColourspace(
          'b-w',
        ),
    ],
    [
      '16-bit gray',
      () =>
        sharp(Uint16Array.of(0, 80 * 257, 160 * 257, 65535), {
          raw: { width: 2, height: 2, channels: 1 },
        }).toColourspace('grey16'),
    ],
  ])('reads %s PNGs', async (_, picture) => {
    const bytes = await picture().png().toBuffer();
    expect([...(await decode('a.png', bytes, GRAY_2X2))]).toEqual([0, 80, 160, 255]);
    expect([...(await decode('a.png', bytes, RGB_2X2))]).toEqual([
      0, 0, 0, 80, 80, 80, 160, 160, 160, 255, 255, 255,
    ]);
  });

  test('refuses what is not a whole PNG, JPEG or WebP image', async () => {
    const png = await noisePng(1, 128, 64);
    const jpeg = await sharp(png).jpeg().toBuffer();
    await expect(decode('a.png', new Uint8Array(), GRAY_2X2)).rejects.toThrow('empty file');
    await expect(decode('a.png', Buffer.from('<svg xmlns="…"/>'), GRAY_2X2)).rejects.toThrow(
      'not a PNG, JPEG or WebP image',
    );
    await expect(decode('a.png', png.subarray(0, png.length / 2), GRAY_2X2)).rejects.toThrow(
      'damaged or cut short',
    );
    await expect(decode('a.jpg', jpeg.subarray(0, jpeg.length / 2), GRAY_2X2)).rejects.toThrow(
      'damaged or cut short',
    );
  });
});

test('gray values of a CSV file come through unchanged', async () => {
  const gray = Uint8Array.of(0, 1, 128, 255);
  const picture = { kind: 'gray', gray, widthPx: 2, heightPx: 2 } as const;
  expect([...(await decodePicture(picture, GRAY_2X2))]).toEqual([0, 1, 128, 255]);
  expect([...(await decodePicture(picture, RGB_2X2))]).toEqual([
    0, 0, 0, 1, 1, 1, 128, 128, 128, 255, 255, 255,
  ]);
});
