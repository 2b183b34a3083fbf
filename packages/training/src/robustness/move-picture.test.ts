import { movePicture, type Movement } from './move-picture.ts';
import { grayPicture, PIXELS, rowsOf } from './picture.test-support.ts';

const AT_REST: Movement = { angleDeg: 0, scale: 1, rightPx: 0, downPx: 0 };

const moved = (movement: Partial<Movement>): number[][] =>
  rowsOf(movePicture(grayPicture(PIXELS), { ...AT_REST, ...movement }), 5);

describe('movePicture', () => {
  test('turns to the left by a positive angle', () => {
    const picture = grayPicture([
      [1, 2],
      [3, 4],
    ]);
    expect([...movePicture(picture, { ...AT_REST, angleDeg: 90 })]).toEqual([2, 4, 1, 3]);
  });

  // scipy.ndimage.rotate(PIXELS, angle, reshape=False, order=1, mode='nearest') of SciPy 1.17.1.
  test.each([
    [
      30,
      [
        [197, 50, 56, 75, 30],
        [106, 138, 202, 114, 153],
        [57, 90, 45, 131, 191],
        [100, 111, 64, 181, 190],
      ],
    ],
    [
      -20,
      [
        [49, 93, 121, 34, 117],
        [96, 88, 217, 100, 133],
        [116, 81, 34, 118, 43],
        [69, 110, 175, 173, 161],
      ],
    ],
  ])('turns by %d° as SciPy does', (angleDeg, expected) => {
    expect(moved({ angleDeg })).toEqual(expected);
  });

  test('moves right and down, the border repeated', () => {
    expect(moved({ rightPx: 1, downPx: 2 })).toEqual([
      [10, 10, 200, 30, 40],
      [10, 10, 200, 30, 40],
      [10, 10, 200, 30, 40],
      [60, 60, 70, 255, 90],
    ]);
  });

  test('enlarges about the middle and then shifts, as SciPy does with the same map', () => {
    // scipy.ndimage.affine_transform(PIXELS, eye(2) / 1.25, offset=middle - (middle + shift) / 1.25, order=1,
    // mode='nearest') with shift = (-0.6, 1.3).
    expect(moved({ scale: 1.25, rightPx: 1.3, downPx: -0.6 })).toEqual([
      [49, 57, 97, 180, 135],
      [89, 91, 99, 107, 115],
      [129, 121, 83, 74, 121],
      [160, 137, 23, 141, 186],
    ]);
  });

  test('moves every channel alike', () => {
    const { pixels } = grayPicture(PIXELS);
    const colour = Uint8Array.from({ length: 60 }, (_, at) => pixels[Math.floor(at / 3)] as number);
    const movement = { angleDeg: 12, scale: 0.9, rightPx: 0.3, downPx: 0.7 };
    const gray = movePicture(grayPicture(PIXELS), movement);
    const result = movePicture(
      { pixels: colour, geometry: { widthPx: 5, heightPx: 4, channels: 3 } },
      movement,
    );
    expect([...result]).toEqual([...gray].flatMap((value) => [value, value, value]));
  });
});
