import { createRandom } from '@mien/contract';
import { placeTags, type TagRequest } from './place-tags.ts';
import { isWithin, overlapArea } from './rectangle.ts';

const SIZES = {
  bars: { width: 180, height: 80 },
  label: { width: 130, height: 20 },
  number: { width: 18, height: 20 },
};
const FRAME = { width: 1000, height: 700 };

const face = (x: number, y: number, width: number, height = width): TagRequest => ({
  box: { x, y, width, height },
  sizes: SIZES,
});

const crowd = (seed: number, faces: number): TagRequest[] => {
  const random = createRandom(seed);
  return Array.from({ length: faces }, () =>
    face(random.integer(950), random.integer(650), 30 + random.integer(120)),
  );
};

describe('the tag of a face', () => {
  test('lies above it, where it begins', () => {
    const [tag] = placeTags({ faces: [face(300, 300, 200)], frame: FRAME, gap: 4 });
    expect(tag).toEqual({ detail: 'bars', at: { x: 300, y: 216, width: 180, height: 80 } });
  });

  test('lies below it where it is at the top, and is moved into the frame at the edge', () => {
    const [tag] = placeTags({ faces: [face(900, 0, 90)], frame: FRAME, gap: 4 });
    expect(tag).toEqual({ detail: 'bars', at: { x: 820, y: 94, width: 180, height: 80 } });
  });

  test('lies beside it where it fills the height', () => {
    const [tag] = placeTags({ faces: [face(100, 0, 500, 700)], frame: FRAME, gap: 4 });
    expect(tag?.detail).toBe('bars');
    expect(tag?.at.x).toBe(604);
  });

  test('is a number in its corner where it fills the frame, also when it reaches outside', () => {
    const [tag] = placeTags({ faces: [face(-50, -50, 1200, 900)], frame: FRAME, gap: 4 });
    expect(tag).toEqual({ detail: 'number', at: { x: 0, y: 0, width: 18, height: 20 } });
  });

  test('has no bars where bars would leave others without a label', () => {
    const faces = [face(0, 0, 130), face(140, 0, 130), face(280, 0, 130)];
    const frame = { width: 410, height: 160 };
    const tags = placeTags({ faces, frame, gap: 4 });
    expect(tags.map(({ detail }) => detail)).toEqual(['label', 'label', 'label']);
  });
});

describe.each([1, 5, 12, 25, 60])('the tags of %i faces', (faces) => {
  test.each([1, 2, 3, 4, 5])('stay in the frame, on no face and on no other tag (%i)', (seed) => {
    const requests = crowd(seed, faces);
    const tags = placeTags({ faces: requests, frame: FRAME, gap: 4 });
    expect(tags).toHaveLength(faces);
    const said = tags.filter(({ detail }) => detail !== 'number').map(({ at }) => at);
    for (const { at } of tags) expect(isWithin(at, { x: 0, y: 0, ...FRAME })).toBe(true);
    for (const [index, at] of said.entries()) {
      expect(requests.every(({ box }) => overlapArea(at, box) < 1e-6)).toBe(true);
      expect(said.slice(index + 1).every((other) => overlapArea(at, other) === 0)).toBe(true);
    }
  });
});
