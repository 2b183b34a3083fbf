import { readCandidates } from './candidates.ts';
import { planTiles, type Tile } from './plan-tiles.ts';

const [corner, , , , , last] = planTiles({ widthPx: 1600, heightPx: 1200 }, 1);

/** A candidate: confidence, centre, size, six landmarks. */
const row = (confidence: number, x: number, y: number, side: number): number[] => [
  confidence,
  x,
  y,
  side,
  side,
  ...Array.from({ length: 6 }, (_, landmark) => [x + landmark / 100, y - landmark / 100]).flat(),
];

const read = (tile: Tile | undefined, ...rows: number[][]) =>
  readCandidates(Float32Array.from(rows.flat()), tile as Tile, 0.5);

describe('readCandidates', () => {
  test('turns shares of the tile into pixels of the frame', () => {
    const [candidate] = read(last, row(0.75, 0.5, 0.25, 0.125));
    expect(candidate).toMatchObject({
      confidence: 0.75,
      tilePx: 800,
      box: { leftPx: 800 + 400 - 50, topPx: 400 + 200 - 50, widthPx: 100, heightPx: 100 },
    });
    const names = ['rightEye', 'leftEye', 'noseTip', 'mouth', 'rightEar', 'leftEar'] as const;
    for (const [place, name] of names.entries()) {
      expect(candidate?.landmarks[name].xPx).toBeCloseTo(1200 + 8 * place, 3);
      expect(candidate?.landmarks[name].yPx).toBeCloseTo(600 - 8 * place, 3);
    }
  });

  test('leaves out what is not sure enough, not a number, or of no size', () => {
    const rows = [row(0.49, 0.5, 0.5, 0.1), row(NaN, 0.5, 0.5, 0.1), row(0.9, 0.5, 0.5, -0.1)];
    expect(read(corner, ...rows, row(0.5, 0.5, 0.5, 0.1))).toHaveLength(1);
  });

  test('leaves a face that a side cuts to the tile beside it, but not one at the edge of the frame', () => {
    expect(read(corner, row(0.9, 0.96, 0.5, 0.2))).toEqual([]);
    expect(read(corner, row(0.9, 0.5, 0.96, 0.2))).toEqual([]);
    expect(read(corner, row(0.9, 0.04, 0.04, 0.2))).toHaveLength(1);
    expect(read(last, row(0.9, 0.04, 0.5, 0.2))).toEqual([]);
    expect(read(last, row(0.9, 0.5, 0.04, 0.2))).toEqual([]);
    expect(read(last, row(0.9, 0.96, 0.96, 0.2))).toHaveLength(1);
  });
});
