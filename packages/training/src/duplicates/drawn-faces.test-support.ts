import { FER2013_LABELS } from '@mien/contract';
import sharp, { type Sharp } from 'sharp';
import { decodePicture } from '../dataset/decode-picture.ts';

/** Side of the pictures in these tests. */
export const FACE_PX = 48;

/** Draws gray faces of so many people, one emotion each, `[FACE_PX, FACE_PX]`; the same number is the same face. */
export const drawnFace = (person: number): Promise<Uint8Array> =>
  decodePicture(
    {
      kind: 'synthetic',
      face: {
        emotion: FER2013_LABELS[person % FER2013_LABELS.length] as (typeof FER2013_LABELS)[number],
        identitySeed: person,
        variationSeed: person,
      },
    },
    { widthPx: FACE_PX, heightPx: FACE_PX, channels: 1 },
  );

const raw = { width: FACE_PX, height: FACE_PX, channels: 1 } as const;

const grayBytes = async (picture: Sharp): Promise<Uint8Array> =>
  Uint8Array.from(await picture.toColourspace('b-w').raw().toBuffer());

/** What becomes of a picture on its way through the web. Each makes a copy that people take for the same picture. */
export const COPIES: Readonly<Record<string, (face: Uint8Array) => Promise<Uint8Array>>> = {
  'compressed hard': async (face) =>
    grayBytes(sharp(await sharp(face, { raw }).jpeg({ quality: 40 }).toBuffer())),
  'made smaller and large again': async (face) =>
    grayBytes(sharp(await sharp(face, { raw }).resize(40, 40).png().toBuffer()).resize(FACE_PX, FACE_PX)),
  brightened: async (face) => face.map((value) => Math.min(255, value + 40)),
  'of less contrast': async (face) => face.map((value) => 90 + Math.round(value * 0.35)),
  'moved by two pixels across and one down': async (face) => {
    const larger = await sharp(face, { raw })
      .extend({ left: 2, top: 1, extendWith: 'copy' })
      .png()
      .toBuffer();
    return grayBytes(sharp(larger).extract({ left: 0, top: 0, width: FACE_PX, height: FACE_PX }));
  },
};

/** The mirror image. */
export const mirroredFace = (face: Uint8Array): Promise<Uint8Array> => grayBytes(sharp(face, { raw }).flop());

/** Puts images one after the other, in shared memory. */
export const concatenated = (images: readonly Uint8Array[]): Uint8Array => {
  const bytes = new Uint8Array(new SharedArrayBuffer(images.reduce((sum, { length }) => sum + length, 0)));
  let at = 0;
  for (const image of images) {
    bytes.set(image, at);
    at += image.length;
  }
  return bytes;
};
