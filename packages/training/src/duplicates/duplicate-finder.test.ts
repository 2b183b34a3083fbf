import { compareImages } from './compared-images.ts';
import { concatenated, COPIES, drawnFace, FACE_PX, mirroredFace } from './drawn-faces.test-support.ts';
import { DuplicateFinder, SAME_PICTURE, type Match } from './duplicate-finder.ts';

const GRAY = { widthPx: FACE_PX, heightPx: FACE_PX, channels: 1 } as const;
const PEOPLE = 24;

let faces: Uint8Array[] = [];
beforeAll(async () => {
  faces = await Promise.all(Array.from({ length: PEOPLE }, (_, person) => drawnFace(person)));
});

/** Looks for an image among the faces. */
const findAmongFaces = (image: Uint8Array): Match[] => {
  const finder = new DuplicateFinder(compareImages({ pixels: [concatenated(faces), image], geometry: GRAY }));
  return [...finder.matches(PEOPLE, { from: 0, to: PEOPLE })];
};

describe('a copy of a face is found, and no other face', () => {
  test.each(Object.keys(COPIES))('%s', async (change) => {
    // Not those whose picture is mostly grain, which shrinking takes away.
    for (const person of [1, 3, 17]) {
      const copy = await COPIES[change]!(faces[person] as Uint8Array);
      expect(copy).not.toEqual(faces[person]);
      expect(findAmongFaces(copy)).toMatchObject([{ image: person, likeness: 'near' }]);
    }
  });

  test('unchanged', () => {
    expect(findAmongFaces(faces[3] as Uint8Array)).toEqual([{ image: 3, likeness: 'exact', correlation: 1 }]);
  });

  test('mirrored, moved and brightened at once', async () => {
    const moved = await COPIES['moved by two pixels across and one down']!(faces[7] as Uint8Array);
    const copy = (await mirroredFace(moved)).map((value) => Math.min(255, value + 15));
    expect(findAmongFaces(copy)).toMatchObject([{ image: 7, likeness: 'mirrored' }]);
  });
});

test('faces of different people are not taken for each other', () => {
  const finder = new DuplicateFinder(compareImages({ pixels: [concatenated(faces)], geometry: GRAY }));
  for (let person = 0; person < PEOPLE; person++)
    expect([...finder.matches(person, { from: 0, to: PEOPLE })]).toEqual([]);
});

test('a face that is moved too far is another crop', async () => {
  const face = faces[2] as Uint8Array;
  const far = Uint8Array.from(face, (_, at) => face[at - (at % FACE_PX) + ((at + 20) % FACE_PX)] as number);
  expect(findAmongFaces(far)).toEqual([]);
});

test('images that it is not to look at are passed over', () => {
  const finder = new DuplicateFinder(
    compareImages({ pixels: [concatenated([...faces, faces[1] as Uint8Array])], geometry: GRAY }),
  );
  expect([...finder.matches(1, { from: 0, to: PEOPLE + 1 })]).toMatchObject([{ image: PEOPLE }]);
  expect([...finder.matches(1, { from: 0, to: PEOPLE })]).toEqual([]);
  expect([...finder.matches(1, { from: 0, to: PEOPLE + 1 }, (other) => other !== PEOPLE)]).toEqual([]);
});

test('even pictures are the same only when they are equal', () => {
  const even = (value: number): Uint8Array => new Uint8Array(FACE_PX * FACE_PX).fill(value);
  const images = compareImages({ pixels: [concatenated([even(9), even(10), even(9)])], geometry: GRAY });
  expect([...images.isFlat]).toEqual([1, 1, 1]);
  const finder = new DuplicateFinder(images);
  expect([...finder.matches(0, { from: 0, to: 3 })]).toEqual([
    { image: 2, likeness: 'exact', correlation: 1 },
  ]);
});

test('colour pictures of another size are compared by their gray', async () => {
  const large = (face: Uint8Array): Uint8Array => {
    const size = FACE_PX * 2;
    return Uint8Array.from({ length: size * size * 3 }, (_, at) => {
      const pixel = Math.floor(at / 3);
      const [x, y] = [(pixel % size) >> 1, Math.floor(pixel / size) >> 1];
      return face[y * FACE_PX + x] as number;
    });
  };
  const pictures = [faces[0], faces[1], await COPIES['brightened']!(faces[0] as Uint8Array)];
  const images = compareImages({
    pixels: [concatenated(pictures.map((face) => large(face as Uint8Array)))],
    geometry: { widthPx: FACE_PX * 2, heightPx: FACE_PX * 2, channels: 3 },
  });
  expect(images.plane(1)).toEqual(faces[1]);
  const [match] = new DuplicateFinder(images).matches(0, { from: 0, to: 3 });
  expect(match?.image).toBe(2);
  expect(match?.correlation).toBeGreaterThan(SAME_PICTURE);
});
