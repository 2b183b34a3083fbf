import { join } from 'node:path';
import { decodePicture } from './decode-picture.ts';
import { decodePictures } from './decode-pictures.ts';
import { writeFiles, writeImageFolder } from './image-folder.test-support.ts';
import type { Picture } from './sample.ts';

const GEOMETRY = { widthPx: 8, heightPx: 8, channels: 3 } as const;

test('threads put every picture into its place, and name those that failed', async () => {
  const root = await writeImageFolder({ classes: ['a', 'b'], splits: { '': 10 } });
  await writeFiles(root, { 'a/4.png': 'damaged, in some way' });
  const one = (label: string): Picture[] =>
    Array.from({ length: 200 }, (_, index) => ({
      kind: 'file',
      path: join(root, label, `${index % 10}.png`),
    }));
  let last = 0;
  const [first, second] = await decodePictures({
    splits: [one('a'), one('b')],
    geometry: GEOMETRY,
    onProgress: (done) => (last = done),
  });
  expect(last).toBe(400);
  expect(second?.failures.size).toBe(0);
  expect([...(first?.failures ?? [])].sort(([a], [b]) => a - b)).toEqual(
    Array.from({ length: 20 }, (_, index) => [4 + 10 * index, 'not a PNG, JPEG or WebP image']),
  );
  for (const index of [0, 7, 123, 199]) {
    const expected = await decodePicture(one('b')[index] as Picture, GEOMETRY);
    expect([...(second?.pixels.subarray(index * 192, (index + 1) * 192) ?? [])]).toEqual([...expected]);
  }
});
