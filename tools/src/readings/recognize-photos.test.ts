import { recognizeFaces } from '@mien/pipeline';
import { measureSizes } from './measure-sizes.ts';
import { openModels, type OpenModels } from './open-models.ts';
import { findPhotoFaces, type PhotoFace } from './photo-faces.ts';
import { accuracyOf, scoreFaces } from './score-faces.ts';

describe('faces of photographs, read by the shipped models', () => {
  let models: OpenModels;
  let faces: PhotoFace[];

  beforeAll(async () => {
    models = await openModels();
    faces = await findPhotoFaces(models.detector);
  });
  afterAll(() => models.close());

  test('are read as somebody who looks would, wherever a reading is sure', async () => {
    const scored = await scoreFaces(faces, models.expression);
    expect(scored).toHaveLength(22);
    expect(accuracyOf(scored)).toBeGreaterThanOrEqual(20 / 22);
    const sure = scored.filter(({ reading }) => !reading.unsure);
    expect(sure.length).toBeGreaterThanOrEqual(16);
    expect(accuracyOf(sure)).toBe(1);
  });

  test('read the same at 600 pixels as at 100, and nearly so at 60', async () => {
    const some = faces.filter((_, index) => index % 2 === 0);
    const [, at100, at60] = await measureSizes(some, models.expression, [600, 100, 60]);
    expect(at100?.median).toBeLessThan(0.04);
    expect(at100?.largest).toBeLessThan(0.15);
    expect(at60?.median).toBeLessThan(0.05);
    expect(at60?.largest).toBeLessThan(0.35);
  });

  test('come out of one call, the largest first, with what is amiss', async () => {
    const profile = faces.find(({ name }) => name === 'sample2.jpg 0') as PhotoFace;
    const options = { cropPx: 64 };
    const readings = await recognizeFaces({ ...models, frame: profile.frame, options });
    const areas = readings.map(({ box }) => box.widthPx * box.heightPx);
    expect(areas).toHaveLength(3);
    expect(areas).toEqual(areas.toSorted((one, other) => other - one));
    const reading = readings.find(({ box }) => box.leftPx === profile.face.box.leftPx);
    expect(reading).toMatchObject({ unsure: true, unsureReasons: ['turned'], crop: { widthPx: 64 } });
    // It looks to the left of the picture.
    expect(reading?.quality.yawRad).toBeLessThan(-0.8);
  });
});
