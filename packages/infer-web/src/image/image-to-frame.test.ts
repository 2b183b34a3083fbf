import type { FaceImage } from '../classifier.ts';
import { imageToFrame } from './image-to-frame.ts';

// Everything that takes a browser to decode is tested in one: see tools/src/browser.
describe('pictures that are pixels already', () => {
  test('a frame passes as it is', async () => {
    const frame = { widthPx: 1, heightPx: 1, rgba: Uint8Array.of(1, 2, 3, 4) };
    await expect(imageToFrame(frame)).resolves.toBe(frame);
  });

  test('the pixels of plain image data are taken without a copy', async () => {
    const data = Uint8ClampedArray.of(9, 8, 7, 255, 6, 5, 4, 255);
    const image = { data, width: 2, height: 1, colorSpace: 'srgb' } as unknown as FaceImage;
    const frame = await imageToFrame(image);
    expect(frame).toEqual({ widthPx: 2, heightPx: 1, rgba: data });
    expect(frame.rgba).toBe(data);
  });
});
