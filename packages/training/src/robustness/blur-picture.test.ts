import { blurPicture } from './blur-picture.ts';
import { flatPicture, grayPicture, PIXELS, rowsOf } from './picture.test-support.ts';

describe('blurPicture', () => {
  test('blurs gray pictures as SciPy does', () => {
    // scipy.ndimage.gaussian_filter(PIXELS, 0.8, mode='nearest') of SciPy 1.17.1; 0.8 px are a fifth of 4 rows.
    expect(rowsOf(blurPicture(grayPicture(PIXELS), 0.2), 5)).toEqual([
      [58, 110, 96, 97, 157],
      [75, 106, 120, 105, 100],
      [103, 97, 109, 128, 132],
      [122, 94, 128, 167, 181],
    ]);
  });

  test('blurs the channels of colour pictures apart, as SciPy does', () => {
    const rows = PIXELS.map((row, at) =>
      row.flatMap((value, column) => [value, 255 - value, PIXELS[3 - at]?.[column] as number]),
    );
    const picture = grayPicture(rows);
    const colour = { ...picture, geometry: { widthPx: 5, heightPx: 4, channels: 3 } as const };
    // The same with sigma 1.2, channel by channel.
    expect(rowsOf(blurPicture(colour, 0.3), 15)).toEqual([
      [67, 188, 118, 92, 163, 112, 101, 154, 129, 115, 140, 153, 145, 110, 167],
      [82, 173, 102, 98, 157, 105, 108, 147, 117, 115, 140, 130, 126, 129, 138],
      [102, 153, 82, 105, 150, 98, 117, 138, 108, 130, 125, 115, 138, 117, 126],
      [118, 137, 67, 112, 143, 92, 129, 126, 101, 153, 102, 115, 167, 88, 145],
    ]);
  });

  test('leaves a flat picture as it is, to its corners', () => {
    const picture = flatPicture(201, 9);
    expect(blurPicture(picture, 0.5)).toEqual(picture.pixels);
  });
});
