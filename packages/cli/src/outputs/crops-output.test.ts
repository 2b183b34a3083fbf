import sharp from 'sharp';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LABELS, sampleFace, sampleTrackedFace } from '../sample-readings.test-support.ts';
import { CROPS_TABLE, cropsOutput, type CropLayout } from './crops-output.ts';
import { givePicture, giveVideo, pictureResult, SUMMARY } from './outputs.test-support.ts';
import { ResultFiles } from './result-files.ts';

let folder = '';
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'mien-crops-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const filesBelow = (): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.\w+$/u.test(name))
    .toSorted();

const openCrops = async (layout: CropLayout) => {
  const leftOut: number[] = [];
  const files = new ResultFiles([]);
  const onLeftOut = (count: number): void => void leftOut.push(count);
  return { leftOut, output: await cropsOutput({ folder, files, layout, labels: LABELS, onLeftOut }) };
};

const sure = sampleFace({ label: 'anger', cropPx: 16 });
const unsure = sampleFace({ label: 'fear', cropPx: 16, unsureReasons: ['dark'] });

describe('crops', () => {
  test('by label lie in a folder for each, without the faces that are unsure', async () => {
    const { output, leftOut } = await openCrops('by-label');
    await givePicture(output, pictureResult('2024/a.jpg', [sure, unsure, sampleFace({ cropPx: 16 })]));
    await output.end(SUMMARY);
    expect(filesBelow()).toEqual(['anger/2024_a_face1.png', 'happiness/2024_a_face3.png']);
    expect(leftOut).toEqual([1]);
    const { width, height, channels } = await sharp(join(folder, 'anger/2024_a_face1.png')).metadata();
    expect([width, height, channels]).toEqual([16, 16, 3]);
  });

  test('by a label that no folder can be called lie in one whose name is close', async () => {
    const { output } = await openCrops('by-label');
    await givePicture(output, pictureResult('a.jpg', [{ ...sure, label: '../happy/sad' }]));
    expect(filesBelow()).toEqual(['__happy_sad/a_face1.png']);
  });

  test('flat lie beside a table that says what each is', async () => {
    const { output, leftOut } = await openCrops('flat');
    await givePicture(output, pictureResult('a.jpg', [sure, unsure]));
    await output.end(SUMMARY);
    expect(filesBelow()).toEqual(['a_face1.png', 'a_face2.png', CROPS_TABLE]);
    expect(leftOut).toEqual([]);
    const rows = readFileSync(join(folder, CROPS_TABLE), 'utf8').trimEnd().split('\n');
    expect(rows.map((row) => row.split(',').slice(0, 7))).toEqual([
      ['crop', 'file', 'time_ms', 'face', 'label', 'probability', 'unsure'],
      ['a_face1.png', 'a.jpg', '', '1', 'anger', '0.9', 'false'],
      ['a_face2.png', 'a.jpg', '', '2', 'fear', '0.9', 'true'],
    ]);
  });

  test('of a video are one a second of each face, of frames in which it is sure', async () => {
    const { output } = await openCrops('by-label');
    const frames = Array.from({ length: 25 }, (_, index) => {
      const one = sampleTrackedFace(1, { cropPx: 16, unsureReasons: index === 10 ? ['dark'] : [] });
      return index < 5 ? [one] : [one, sampleTrackedFace(2, { cropPx: 16 })];
    });
    await giveVideo(output, 'clip.mp4', frames);
    expect(filesBelow()).toEqual(
      ['face1_0ms', 'face1_1100ms', 'face1_2100ms', 'face2_1500ms', 'face2_500ms'].map(
        (name) => `happiness/clip_${name}.png`,
      ),
    );
  });

  test('given up leave no table that is not whole', async () => {
    const { output } = await openCrops('flat');
    await givePicture(output, pictureResult('a.jpg', [sure]));
    await output.discard();
    expect(filesBelow()).toEqual(['a_face1.png']);
  });
});
