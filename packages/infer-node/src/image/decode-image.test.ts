import sharp from 'sharp';
import { crc32 } from 'node:zlib';
import { decodeImage } from './decode-image.ts';
import { ImageTooLargeError, UndecodableImageError } from './image-errors.ts';

const LIMITS = { name: 'photo.jpg', maxPixels: 50_000_000 };

const RED = [255, 0, 0, 255];
const BLUE = [0, 0, 255, 255];

/** 3 × 2 pixels, all different in colour or alpha. */
const PICTURE = {
  widthPx: 3,
  heightPx: 2,
  rgba: [
    [RED, BLUE, [0, 255, 0, 255]],
    [
      [9, 8, 7, 255],
      [200, 100, 50, 128],
      [1, 2, 3, 0],
    ],
  ].flat(2),
};

const picture = () =>
  sharp(Uint8Array.from(PICTURE.rgba), {
    raw: { width: PICTURE.widthPx, height: PICTURE.heightPx, channels: 4 },
  });

const pixelsOf = async (encoded: Uint8Array) => {
  const { widthPx, heightPx, rgba } = await decodeImage(encoded, { name: 'picture', maxPixels: 10_000 });
  return { widthPx, heightPx, rgba: [...rgba] };
};

/** A gray JPEG, 16 × 16, whose stored left half is white, with an EXIF orientation. */
const orientedJpeg = (orientation: number): Promise<Buffer> => {
  const stored = Uint8Array.from({ length: 256 }, (_, index) => (index % 16 < 8 ? 255 : 0));
  return sharp(stored, { raw: { width: 16, height: 16, channels: 1 } })
    .withMetadata({ orientation })
    .jpeg({ quality: 100 })
    .toBuffer();
};

/** Which half of a 16 × 16 picture is white. */
const whiteHalf = (rgba: ArrayLike<number>): string => {
  const at = (x: number, y: number): boolean => (rgba[(y * 16 + x) * 4] as number) > 127;
  const corners = [at(2, 2), at(13, 2), at(2, 13), at(13, 13)].map(Number).join('');
  return { '1010': 'left', '0101': 'right', '1100': 'top', '0011': 'bottom' }[corners] ?? corners;
};

/** A PNG whose header claims another size. */
const claiming = (png: Buffer, widthPx: number, heightPx: number): Buffer => {
  const copy = Buffer.from(png);
  copy.writeUInt32BE(widthPx, 16);
  copy.writeUInt32BE(heightPx, 20);
  copy.writeUInt32BE(crc32(copy.subarray(12, 29)), 29);
  return copy;
};

describe('decodeImage', () => {
  test.each(['png', 'webp', 'tiff'] as const)(
    'gives the very bytes of a lossless %s, alpha kept',
    async (format) => {
      const encoded = await picture()
        .toFormat(format, { lossless: true, exact: true, compression: 'none' })
        .toBuffer();
      await expect(pixelsOf(encoded)).resolves.toEqual(PICTURE);
    },
  );

  // The meaning of each orientation is that of the EXIF standard: where the stored first row and column belong.
  test.each([
    [1, 'left'],
    [2, 'right'],
    [3, 'right'],
    [4, 'left'],
    [5, 'top'],
    [6, 'top'],
    [7, 'bottom'],
    [8, 'bottom'],
  ])('turns a picture with EXIF orientation %i upright', async (orientation, half) => {
    const { rgba } = await decodeImage(await orientedJpeg(orientation), LIMITS);
    expect(whiteHalf(rgba)).toBe(half);
  });

  test('makes four channels of a gray picture', async () => {
    const gray = sharp(Uint8Array.of(0, 77, 255), { raw: { width: 3, height: 1, channels: 1 } });
    const { rgba } = await pixelsOf(await gray.toColourspace('b-w').png().toBuffer());
    expect(rgba).toEqual([0, 0, 0, 255, 77, 77, 77, 255, 255, 255, 255, 255]);
  });

  test('makes four channels of a gray picture with alpha', async () => {
    const gray = sharp(Uint8Array.of(10, 20, 30, 255), { raw: { width: 2, height: 1, channels: 2 } });
    const { rgba } = await pixelsOf(await gray.toColourspace('b-w').png().toBuffer());
    expect(rgba).toEqual([10, 10, 10, 20, 30, 30, 30, 255]);
  });

  test.each(['png', 'tiff'] as const)('makes 8 bits of a 16-bit %s', async (format) => {
    const deep = sharp(Uint16Array.of(0, 0, 0, 65535, 32896, 257), {
      raw: { width: 2, height: 1, channels: 3 },
    });
    const encoded = await deep.toColourspace('rgb16').toFormat(format, { compression: 'none' }).toBuffer();
    expect((await sharp(encoded).metadata()).depth).toBe('ushort');
    const { rgba } = await pixelsOf(encoded);
    expect(rgba).toEqual([0, 0, 0, 255, 255, 128, 1, 255]);
  });

  test('makes 8 bits of a gray 16-bit picture', async () => {
    const deep = sharp(Uint16Array.of(0, 32896, 65535), { raw: { width: 3, height: 1, channels: 1 } });
    const encoded = await deep.toColourspace('grey16').png().toBuffer();
    expect(await sharp(encoded).metadata()).toMatchObject({ depth: 'ushort', channels: 1 });
    const { rgba } = await pixelsOf(encoded);
    expect(rgba).toEqual([0, 0, 0, 255, 128, 128, 128, 255, 255, 255, 255, 255]);
  });

  test('looks colours of a palette up', async () => {
    const encoded = await picture().flatten().png({ palette: true, dither: 0 }).toBuffer();
    expect((await sharp(encoded).metadata()).isPalette).toBe(true);
    const { rgba } = await pixelsOf(encoded);
    expect(rgba.slice(0, 12)).toEqual([RED, BLUE, [0, 255, 0, 255]].flat());
  });

  test('reads a picture that arrives interlaced', async () => {
    const stripes = Uint8Array.from({ length: 64 * 64 * 3 }, (_, index) => (index % 8 < 4 ? 20 : 200));
    const raw = { width: 64, height: 64, channels: 3 } as const;
    for (const format of ['jpeg', 'png'] as const) {
      const encode = (progressive: boolean): Promise<Buffer> =>
        sharp(stripes, { raw }).toFormat(format, { progressive }).toBuffer();
      const interlaced = await encode(true);
      expect((await sharp(interlaced).metadata()).isProgressive).toBe(true);
      await expect(pixelsOf(interlaced)).resolves.toEqual(await pixelsOf(await encode(false)));
    }
  });

  test('makes sRGB of a CMYK picture', async () => {
    const red = sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } });
    const encoded = await red.toColourspace('cmyk').jpeg({ quality: 100 }).toBuffer();
    expect((await sharp(encoded).metadata()).space).toBe('cmyk');
    const [first, second, third, alpha] = (await pixelsOf(encoded)).rgba;
    expect(first).toBeGreaterThan(200);
    expect(second).toBeLessThan(60);
    expect(third).toBeLessThan(60);
    expect(alpha).toBe(255);
  });

  test.each(['gif', 'webp'] as const)('takes the first frame of an animated %s', async (format) => {
    const frames = Uint8Array.from([RED, RED, BLUE, BLUE].flat());
    const animation = sharp(frames, { raw: { width: 1, height: 4, channels: 4, pageHeight: 2 } });
    const encoded = await animation.toFormat(format, { lossless: true }).toBuffer();
    expect((await sharp(encoded).metadata()).pages).toBe(2);
    await expect(pixelsOf(encoded)).resolves.toEqual({ widthPx: 1, heightPx: 2, rgba: [...RED, ...RED] });
  });

  test('reads a picture of one pixel', async () => {
    const dot = sharp({
      create: { width: 1, height: 1, channels: 4, background: { r: 1, g: 2, b: 3, alpha: 1 } },
    });
    await expect(pixelsOf(await dot.png().toBuffer())).resolves.toEqual({
      widthPx: 1,
      heightPx: 1,
      rgba: [1, 2, 3, 255],
    });
  });

  test.each<[string, () => Promise<Uint8Array>, string]>([
    ['no bytes', () => Promise.resolve(new Uint8Array()), 'it is empty'],
    ['text', () => Promise.resolve(Buffer.from('not a picture')), 'it is no picture'],
    ['a JPEG that was cut short', async () => (await orientedJpeg(1)).subarray(0, -40), 'premature end'],
    [
      'a PNG that was cut short',
      async () => {
        const png = await picture().png().toBuffer();
        return png.subarray(0, png.length - 30);
      },
      '',
    ],
    [
      'an SVG, which is a program more than a picture',
      () => Promise.resolve(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')),
      'it is of format svg',
    ],
  ])('refuses %s, naming the picture', async (_, makeBytes, reason) => {
    const failure: unknown = await decodeImage(await makeBytes(), LIMITS).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(UndecodableImageError);
    const { image, message } = failure as UndecodableImageError;
    expect(image).toBe('photo.jpg');
    expect(message).toContain('photo.jpg');
    expect(message).toContain(reason);
  });

  test('refuses a file that claims to hold more pixels than may be unpacked, before it unpacks it', async () => {
    const bomb = claiming(await picture().png().toBuffer(), 20_000, 20_000);
    const failure: unknown = await decodeImage(bomb, LIMITS).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ImageTooLargeError);
    expect(failure).toMatchObject({ option: 'maxPixels', limit: 50_000_000, size: 400_000_000 });
    expect((failure as Error).message).toContain('photo.jpg has 400000000 pixels');
  });
});
