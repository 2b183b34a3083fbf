import { CANDIDATE_FIELDS } from '@mien/contract';
import type { Frame } from '@mien/pixels';
import type { RunGraph } from '../run-graph.ts';
import type { Detector, RunnableDetectorCard } from './run-detector.ts';

/** The side of the toy detector's pictures. */
const SIDE = 64;

const CANDIDATES = 12;

/** The gray of a square that the toy detector takes for a face. */
export const FACE = 255;

/** The gray of a square that it takes for a face only where it is magnified. */
export const TEXTURE = 100;

const CARD: RunnableDetectorCard = {
  input: { widthPx: SIDE, heightPx: SIDE, channels: 3, colour: 'rgb', range: [0, 255] },
  candidates: CANDIDATES,
  graph: {
    file: 'toy.onnx',
    sha256: '0'.repeat(64),
    bytes: 1,
    opset: 18,
    irVersion: 8,
    precision: 'fp32',
    input: { name: 'pixels', dtype: 'float32', layout: 'NCHW', shape: ['N', 3, SIDE, SIDE] },
    output: { name: 'faces', dtype: 'float32', shape: ['N', CANDIDATES, CANDIDATE_FIELDS.length] },
  },
};

/** Like the real detector: the smaller, the less sure; nothing below two pixels. */
const confidenceOf = (gray: number, sidePx: number): number => {
  if (gray === TEXTURE) return sidePx >= 10 ? 0.9 : 0;
  if (sidePx < 2) return 0;
  return sidePx < 4 ? 0.4 : 0.9;
};

/** Names the squares of full colour in one plane, by their upper left corners. */
const squaresIn = (plane: Float32Array): number[][] => {
  const grayAt = (x: number, y: number): number =>
    x < 0 || y < 0 || x >= SIDE ? 0 : (plane[y * SIDE + x] ?? 0);
  const rows: number[][] = [];
  for (const [index, gray] of plane.entries()) {
    const [x, y] = [index % SIDE, Math.floor(index / SIDE)];
    if (gray !== FACE && gray !== TEXTURE) continue;
    if (grayAt(x - 1, y) === gray || grayAt(x, y - 1) === gray) continue;
    let side = 0;
    while (grayAt(x + side, y) === gray) side++;
    const centre = [(x + side / 2) / SIDE, (y + side / 2) / SIDE];
    const points = Array.from({ length: 6 }, () => centre).flat();
    rows.push([confidenceOf(gray, side), ...centre, side / SIDE, side / SIDE, ...points]);
  }
  return rows.slice(0, CANDIDATES);
};

/**
 * A detector whose faces are white squares, and that counts the pictures it is shown. What it sees depends on how large
 * a square is in its picture, as with the real one.
 */
export const createToyDetector = (): { readonly detector: Detector; readonly pictures: () => number } => {
  let pictures = 0;
  const runGraph: RunGraph = ({ pixels }) => {
    const { data, dims } = pixels as { data: Float32Array; dims: readonly number[] };
    const [images = 0] = dims;
    pictures += images;
    const fields = CANDIDATE_FIELDS.length;
    const faces = new Float32Array(images * CANDIDATES * fields);
    for (let image = 0; image < images; image++) {
      const plane = data.subarray(image * 3 * SIDE * SIDE, (image * 3 + 1) * SIDE * SIDE);
      for (const [place, row] of squaresIn(plane).entries())
        faces.set(row, (image * CANDIDATES + place) * fields);
    }
    return Promise.resolve({ faces: { data: faces, dims: [images, CANDIDATES, fields] } });
  };
  return { detector: { card: CARD, runGraph }, pictures: () => pictures };
};

/** A black frame with squares in it: left, top and side in pixels, and gray. */
export const drawSquares = (
  widthPx: number,
  heightPx: number,
  squares: readonly (readonly [number, number, number, number])[],
): Frame => {
  const rgba = new Uint8Array(widthPx * heightPx * 4);
  for (let alpha = 3; alpha < rgba.length; alpha += 4) rgba[alpha] = 255;
  for (const [left, top, side, gray] of squares) {
    for (let y = top; y < top + side; y++)
      for (let x = left; x < left + side; x++)
        rgba.fill(gray, (y * widthPx + x) * 4, (y * widthPx + x) * 4 + 3);
  }
  return { widthPx, heightPx, rgba };
};
