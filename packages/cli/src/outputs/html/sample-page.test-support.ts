import sharp from 'sharp';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeClip } from '../../../../infer-node/src/video/clip.test-support.ts';
import { LABELS, sampleFace, sampleTrackedFace } from '../../sample-readings.test-support.ts';
import { labelColours } from '../../words/label-colours.ts';
import { givePicture, pictureResult, SUMMARY } from '../outputs.test-support.ts';
import { ResultFiles } from '../result-files.ts';
import { htmlOutput } from './html-output.ts';

/** A name that is markup, and must not be taken for it. */
export const HOSTILE_NAME = '</script><img src=x onerror=alert(1)>.png';

const gradient = (): Promise<Buffer> =>
  sharp({ create: { width: 800, height: 600, channels: 3, background: '#8aa' } })
    .png()
    .toBuffer();

const FACES = {
  'album/one.png': [
    sampleFace({ label: 'happiness', probability: 0.9, box: [100, 100, 200, 200], cropPx: 112 }),
    sampleFace({ label: 'sadness', probability: 0.4, unsureReasons: ['ambiguous'], cropPx: 112 }),
  ],
  'album/two.png': [sampleFace({ label: 'happiness', probability: 0.6, cropPx: 112 })],
  [HOSTILE_NAME]: [sampleFace({ label: 'anger', probability: 0.7, unsureReasons: ['dark'], cropPx: 112 })],
  'tree.png': [],
};

/** What the video's one face is read as in each of its 20 frames, ten a second: it is away from 0.8 s to 1.2 s. */
const videoFaces = (index: number) => {
  if (index >= 8 && index < 12) return [];
  const label = index < 8 ? 'neutral' : 'fear';
  return [sampleTrackedFace(3, { label, probability: 0.8, box: [20, 20, 60, 60], cropPx: 112 })];
};

/**
 * Writes a page with four faces in four pictures, a video and a failure.
 *
 * @returns its path, in a folder of its own.
 */
export const writeSamplePage = async (): Promise<string> => {
  const folder = mkdtempSync(join(tmpdir(), 'mien-page-'));
  const file = join(folder, 'page.html');
  const output = await htmlOutput({
    file,
    files: new ResultFiles([]),
    inputs: 5,
    recognizer: {
      card: { name: 'expression', labels: LABELS },
      device: { requested: 'cpu', provider: 'cpu' },
    },
    colours: labelColours(LABELS),
    ffmpeg: 'ffmpeg',
    signal: new AbortController().signal,
  });
  const source = Uint8Array.from(await gradient());
  for (const [name, faces] of Object.entries(FACES)) {
    const result = pictureResult(name, faces);
    await givePicture(output, { ...result, input: { ...result.input, source } });
  }
  const clip = makeClip(
    join(folder, 'clip.mp4'),
    ['-f', 'lavfi', '-i', 'testsrc=size=320x180:rate=10:duration=2'],
    ['-pix_fmt', 'yuv420p'],
  );
  const video = await output.video({ kind: 'video', name: 'clip.mp4', source: clip, outputStem: 'clip' });
  for (let index = 0; index < 20; index++) {
    await video.frame({ index, timeMs: index * 100, widthPx: 320, heightPx: 180, faces: videoFaces(index) });
  }
  await video.end();
  await output.failure({ name: 'broken.jpg', error: new RangeError('no picture') });
  await output.end(SUMMARY);
  return file;
};
