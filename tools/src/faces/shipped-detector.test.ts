import { GoldenMismatchError } from '@mien/contract';
import { runDetectorSelfTest, type RunGraph } from '@mien/pipeline';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { measureDetection, type Detection } from './measure-detection.ts';
import { openDetector, type OpenDetector } from './open-detector.ts';
import { faraway, PHOTO_CHANGES, scaled, turned, UNCHANGED, type PhotoChange } from './photo-changes.ts';
import { readPhotoTruth, type MarkedPhoto } from './photo-truth.ts';
import { summarizeDetections } from './summarize-detections.ts';

describe('the shipped face detector', () => {
  let detector: OpenDetector;
  let photos: MarkedPhoto[];

  beforeAll(async () => {
    detector = await openDetector();
    photos = await readPhotoTruth();
  });
  afterAll(() => detector.close());

  const measure = async (change: PhotoChange) => {
    const detections: Detection[] = [];
    for (const photo of photos) detections.push(await measureDetection({ photo, detector, change }));
    return summarizeDetections(detections);
  };

  test('passes its self-test', async () => {
    await expect(runDetectorSelfTest(detector)).resolves.toBeLessThan(1e-5);
  });

  test('fails it where it computes something a little different', async () => {
    const runGraph: RunGraph = async (inputs) => {
      const { faces } = await detector.runGraph(inputs);
      const { data, dims } = faces as { data: Float32Array; dims: readonly number[] };
      return { faces: { data: data.map((value) => value + 0.001), dims } };
    };
    await expect(runDetectorSelfTest({ card: detector.card, runGraph })).rejects.toThrow(GoldenMismatchError);
  });

  test('is tried on the photographs that were marked', async () => {
    const hashes = photos.map(async ({ url }) =>
      createHash('sha256')
        .update(await readFile(url))
        .digest('hex'),
    );
    expect(await Promise.all(hashes)).toEqual(photos.map(({ sha256 }) => sha256));
  });

  test('finds 22 of 22 faces and nothing else, the eyes close to where they are, with one look at each photograph', async () => {
    const { found, faces, extra, overlap, eyeError, tiles } = await measure(UNCHANGED);
    expect({ found, faces, extra, tiles }).toEqual({ found: 22, faces: 22, extra: 0, tiles: photos.length });
    expect(overlap).toBeGreaterThan(0.7);
    expect(eyeError).toBeLessThan(0.06);
  });

  const harder = ['a quarter as bright', 'washed out', 'gray', 'blurred, σ = 4 px'].map(
    (name) => PHOTO_CHANGES.find((change) => change.name === name) as PhotoChange,
  );
  test.each([turned(-30), turned(30), scaled(0.125), faraway(0.33), ...harder])(
    'finds as many in photographs $name',
    async (change) => {
      const { found, extra, eyeError } = await measure(change);
      expect({ found, extra }).toEqual({ found: 22, extra: 0 });
      expect(eyeError).toBeLessThan(0.08);
    },
  );
});
