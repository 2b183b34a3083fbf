import { compareImages } from './compared-images.ts';
import { concatenated, COPIES, drawnFace, FACE_PX, mirroredFace } from './drawn-faces.test-support.ts';
import { groupDuplicates } from './group-duplicates.ts';

const grouped = (images: readonly Uint8Array[]) =>
  groupDuplicates({
    images: compareImages({
      pixels: [concatenated(images)],
      geometry: { widthPx: FACE_PX, heightPx: FACE_PX, channels: 1 },
    }),
  });

test('copies of a picture come together, and pictures without copies stay out', async () => {
  const [a, b, c, d] = (await Promise.all([1, 3, 4, 17].map(drawnFace))) as [
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array,
  ];
  const images = [
    a,
    b,
    await COPIES['brightened']!(a),
    c,
    d,
    await mirroredFace(a),
    b,
    await COPIES['compressed hard']!(d),
  ];
  expect(grouped(images)).toEqual([
    { images: [0, 2, 5], isExact: false },
    { images: [1, 6], isExact: true },
    { images: [4, 7], isExact: false },
  ]);
});

test('two that are like a third are in one group, though they are not like each other', async () => {
  const face = await drawnFace(3);
  // Crops that lie too far apart to be laid over each other, with one in between.
  const moved = (pixels: number): Uint8Array =>
    Uint8Array.from(face, (_, at) => {
      const column = Math.min(FACE_PX - 1, Math.max(0, (at % FACE_PX) + pixels));
      return face[at - (at % FACE_PX) + column] as number;
    });
  expect(grouped([moved(-2), moved(2)])).toEqual([]);
  expect(grouped([moved(-2), moved(2), moved(0)])).toEqual([{ images: [0, 1, 2], isExact: false }]);
});

test('many copies of one picture are one group', async () => {
  const face = await drawnFace(1);
  const [group] = grouped(Array.from({ length: 300 }, () => face));
  expect(group?.images).toHaveLength(300);
  expect(group?.isExact).toBe(true);
});
