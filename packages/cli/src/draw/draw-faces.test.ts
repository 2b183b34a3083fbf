import sharp from 'sharp';
import { LABELS, sampleFace } from '../sample-readings.test-support.ts';
import { labelColours } from '../words/label-colours.ts';
import { drawFaces, enlargementOf } from './draw-faces.ts';

const colours = labelColours(LABELS);

/** Renders a drawing and reads one pixel of it. */
const pixelOf = async (svg: string, x: number, y: number): Promise<number[]> => {
  const { data, info } = await sharp(Buffer.from(svg))
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const at = (y * info.width + x) * 4;
  return [...data.subarray(at, at + 4)];
};

describe('a drawing of faces', () => {
  test('has the size of the picture, and frames a face in the colour of its label', async () => {
    const face = sampleFace({ label: 'anger', box: [200, 300, 200, 200] });
    const svg = drawFaces({ faces: [face], widthPx: 800, heightPx: 600, colours });
    const { width, height } = await sharp(Buffer.from(svg)).metadata();
    expect([width, height]).toEqual([800, 600]);
    const anger = [0xe5, 0x48, 0x4d, 255];
    for (const [channel, value] of (await pixelOf(svg, 200, 400)).entries())
      expect(Math.abs(value - (anger[channel] ?? 0))).toBeLessThan(12);
    expect(await pixelOf(svg, 300, 400)).toEqual([0, 0, 0, 0]);
  });

  test('frames an unsure face with a line that is broken', async () => {
    const lineOf = async (face: ReturnType<typeof sampleFace>): Promise<number> => {
      const svg = drawFaces({ faces: [face], widthPx: 800, heightPx: 600, colours });
      const { data } = await sharp(Buffer.from(svg))
        .extract({ left: 200, top: 320, width: 1, height: 160 })
        .raw()
        .toBuffer({ resolveWithObject: true });
      return Array.from({ length: 160 }, (_, y) => data[y * 4] ?? 0).filter((red) => red > 200).length;
    };
    const box = [200, 300, 200, 200] as const;
    const sure = await lineOf(sampleFace({ label: 'anger', box }));
    const unsure = await lineOf(sampleFace({ label: 'anger', box, unsureReasons: ['turned'] }));
    expect(sure).toBe(160);
    expect(unsure).toBeGreaterThan(60);
    expect(unsure).toBeLessThan(130);
  });

  test('is several times as large as a picture too small to write on', async () => {
    expect(enlargementOf(120, 90)).toBe(6);
    expect(enlargementOf(640, 480)).toBe(1);
    expect(enlargementOf(1, 1)).toBe(6);
    const svg = drawFaces({ faces: [sampleFace({})], widthPx: 200, heightPx: 160, colours });
    expect((await sharp(Buffer.from(svg)).metadata()).width).toBe(600);
  });

  test('of no face is empty', async () => {
    const svg = drawFaces({ faces: [], widthPx: 800, heightPx: 600, colours });
    const { channels } = await sharp(Buffer.from(svg)).stats();
    expect(channels.every(({ max }) => max === 0)).toBe(true);
  });
});
