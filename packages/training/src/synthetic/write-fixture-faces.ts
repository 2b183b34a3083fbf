import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { FER2013_LABELS } from '@mien/contract';
import { faceToInput } from '@mien/pixels';
import sharp from 'sharp';
import { renderFace } from './render-face.ts';
import { SYNTHETIC_RENDER_SIZE_PX, syntheticFaces } from './synthetic-faces.ts';

const SIZE_PX = 48;
/** Who of the validation split, chosen to differ in age, skin, hair, beard and glasses. */
const PEOPLE = [3, 10, 17, 9];

/**
 * Writes the fixture faces that every package is held to: four people of the built-in validation split,
 * each with all seven emotions, as raw gray bytes, their description, and a contact sheet to look at.
 */
export const writeFixtureFaces = async (folder: string): Promise<void> => {
  const each = FER2013_LABELS.length;
  const everybody = syntheticFaces('validation');
  const specs = PEOPLE.flatMap((person) => everybody.slice(person * each, (person + 1) * each));
  const faces: Uint8Array[] = [];
  for (const spec of specs) {
    const frame = await renderFace({ ...spec, sizePx: SYNTHETIC_RENDER_SIZE_PX });
    faces.push(faceToInput(frame, { widthPx: SIZE_PX, heightPx: SIZE_PX, channels: 1 }));
  }
  const description = {
    widthPx: SIZE_PX,
    heightPx: SIZE_PX,
    count: faces.length,
    labels: FER2013_LABELS,
    classes: specs.map(({ emotion }) => FER2013_LABELS.indexOf(emotion)),
  };
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'faces-48x48.gray'), Buffer.concat(faces));
  await writeFile(join(folder, 'faces-48x48.json'), `${JSON.stringify(description, undefined, 2)}\n`);
  const raw = { width: SIZE_PX, height: SIZE_PX, channels: 1 } as const;
  const size = { width: SIZE_PX * each, height: SIZE_PX * PEOPLE.length };
  const tiles = faces.map((face, index) => ({
    input: Buffer.from(face),
    raw,
    left: (index % each) * SIZE_PX,
    top: Math.floor(index / each) * SIZE_PX,
  }));
  await sharp({ create: { ...size, channels: 3, background: 'black' } })
    .composite(tiles)
    .png()
    .toFile(join(folder, 'faces-48x48.png'));
};

const isMain = process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href;
if (isMain) await writeFixtureFaces(process.argv[2] ?? 'test-fixtures');
