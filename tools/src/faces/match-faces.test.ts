import { matchFaces, type FoundFace } from './match-faces.ts';
import type { MarkedFace } from './photo-truth.ts';

const box = (leftPx: number, sidePx = 100) => ({ leftPx, topPx: 0, widthPx: sidePx, heightPx: sidePx });

const marked = (leftPx: number, canSeeLeftEye = true): MarkedFace => ({
  box: box(leftPx),
  rightEye: { xPx: leftPx + 30, yPx: 40 },
  leftEye: canSeeLeftEye ? { xPx: leftPx + 70, yPx: 40 } : null,
});

const found = (leftPx: number): FoundFace => ({
  box: box(leftPx),
  landmarks: { rightEye: { xPx: leftPx + 30, yPx: 40 }, leftEye: { xPx: leftPx + 70, yPx: 44 } },
});

describe('matchFaces', () => {
  test('pairs each face with the box that covers it best, and tells what is left over', () => {
    const faces = [marked(0), marked(300)];
    const boxes = [found(20), found(10), found(700)];
    const match = matchFaces(faces, boxes);
    expect(match.matched.map(({ overlap }) => overlap)).toEqual([90 / 110]);
    expect(match.missed).toEqual([faces[1]]);
    expect(match.extra).toEqual([boxes[0], boxes[2]]);
  });

  test('measures how far the eyes are off by the width of the face, those alone that can be seen', () => {
    const [both] = matchFaces([marked(0)], [found(3)]).matched;
    expect(both?.eyeErrors).toEqual([0.03, 0.05]);
    const [one] = matchFaces([marked(0, false)], [found(3)]).matched;
    expect(one?.eyeErrors).toEqual([0.03]);
    expect(matchFaces([marked(0)], [{ box: box(0) }]).matched[0]?.eyeErrors).toEqual([]);
  });
});
