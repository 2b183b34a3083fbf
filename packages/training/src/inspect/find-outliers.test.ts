import { createRandom } from '@mien/contract';
import sharp from 'sharp';
import { drawnFace, FACE_PX } from '../duplicates/drawn-faces.test-support.ts';
import { findOutliers } from './find-outliers.ts';
import { measureImage } from './measure-image.ts';

const FACES = 40;
let faces: Uint8Array[] = [];
beforeAll(async () => {
  faces = await Promise.all(Array.from({ length: FACES }, (_, person) => drawnFace(person)));
});

const measured = (gray: Uint8Array) => measureImage(gray, FACE_PX, FACE_PX);

/** What is found of one image among faces. */
const verdictOn = (gray: Uint8Array): string | undefined =>
  findOutliers([...faces, gray].map(measured)).find(({ image }) => image === FACES)?.kind;

const raw = { width: FACE_PX, height: FACE_PX, channels: 1 } as const;

/** Lettering on an empty ground, drawn by the image library. */
const sign = async (): Promise<Uint8Array> => {
  const svg = `<svg width="48" height="48"><rect width="48" height="48" fill="white"/><text x="3" y="20" font-size="9">no image</text></svg>`;
  return Uint8Array.from(await sharp(Buffer.from(svg)).toColourspace('b-w').removeAlpha().raw().toBuffer());
};

test.each<[string, () => Promise<Uint8Array> | Uint8Array]>([
  ['blank', () => new Uint8Array(FACE_PX * FACE_PX).fill(17)],
  ['nearly empty', sign],
  ['very dark', () => faces[1]!.map((value) => value >> 3)],
  ['very bright', () => faces[1]!.map((value) => 226 + (value >> 4))],
  ['low contrast', () => faces[3]!.map((value) => 110 + (value >> 4))],
  [
    'blurred',
    async () =>
      Uint8Array.from(
        await sharp(faces[3], { raw }).blur(5).normalise().toColourspace('b-w').raw().toBuffer(),
      ),
  ],
  [
    'hard edges',
    () => {
      const random = createRandom(1);
      return Uint8Array.from({ length: FACE_PX * FACE_PX }, () => (random.chance(0.5) ? 20 : 235));
    },
  ],
])('finds an image of the kind "%s"', async (kind, draw) => {
  expect(verdictOn(await draw())).toBe(kind);
});

test('leaves ordinary faces alone', () => {
  expect(findOutliers(faces.map(measured))).toEqual([]);
});

test('lists the gravest kind first, then the most extreme of it', () => {
  const even = (value: number): Uint8Array => new Uint8Array(FACE_PX * FACE_PX).fill(value);
  const dark = (shift: number): Uint8Array => faces[1]!.map((value) => value >> shift);
  const found = findOutliers([...faces, dark(3), even(0), dark(4)].map(measured));
  expect(found.map(({ image, kind }) => [image - FACES, kind])).toEqual([
    [1, 'blank'],
    [2, 'very dark'],
    [0, 'very dark'],
  ]);
});

test('measures as the formulas say', () => {
  // A checkerboard: every Laplacian is ±4 times the step between the two levels.
  const board = Uint8Array.from({ length: 64 }, (_, at) => ((at + (at >> 3)) % 2 === 0 ? 100 : 140));
  expect(measureImage(board, 8, 8)).toEqual({ brightness: 120, contrast: 20, evenness: 0.5, detail: 64 });
  expect(measureImage(new Uint8Array(64).fill(9), 8, 8)).toEqual({
    brightness: 9,
    contrast: 0,
    evenness: 1,
    detail: 0,
  });
});
