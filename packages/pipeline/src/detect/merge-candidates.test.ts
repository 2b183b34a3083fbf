import type { Candidate } from './candidates.ts';
import { mergeCandidates } from './merge-candidates.ts';

const candidate = (leftPx: number, sidePx: number, confidence: number, tilePx = 1000): Candidate => {
  const point = { xPx: leftPx + sidePx / 2, yPx: sidePx / 2 };
  return {
    box: { leftPx, topPx: 0, widthPx: sidePx, heightPx: sidePx },
    landmarks: {
      rightEye: point,
      leftEye: point,
      noseTip: point,
      mouth: point,
      rightEar: point,
      leftEar: point,
    },
    confidence,
    tilePx,
  };
};

describe('mergeCandidates', () => {
  test('gives nothing for nothing', () => {
    expect(mergeCandidates([])).toEqual([]);
  });

  test('averages boxes and landmarks of one face by how sure they are, and is as sure as the surest', () => {
    const [face, ...others] = mergeCandidates([candidate(0, 100, 0.3), candidate(20, 100, 0.9)]);
    expect(others).toEqual([]);
    expect(face?.confidence).toBe(0.9);
    expect(face?.box.leftPx).toBeCloseTo(15);
    expect(face?.box.widthPx).toBeCloseTo(100);
    expect(face?.landmarks.mouth.xPx).toBeCloseTo(65);
    expect(Object.keys(face ?? {})).toEqual(['box', 'landmarks', 'confidence']);
  });

  test('trusts a closer look more: a tile of half the side counts twice', () => {
    const [face] = mergeCandidates([candidate(0, 100, 0.8, 1000), candidate(30, 100, 0.8, 500)]);
    expect(face?.box.leftPx).toBeCloseTo(20);
  });

  test('keeps faces apart that overlap little, the surest first', () => {
    const faces = mergeCandidates([candidate(0, 100, 0.6), candidate(70, 100, 0.8)]);
    expect(faces.map(({ box, confidence }) => [box.leftPx, confidence])).toEqual([
      [70, 0.8],
      [0, 0.6],
    ]);
  });

  test('takes a small box inside a surer face for a part of it', () => {
    const faces = mergeCandidates([candidate(0, 100, 0.9), candidate(10, 30, 0.7)]);
    expect(faces).toHaveLength(1);
    expect(faces[0]?.box.widthPx).toBe(100);
  });
});
