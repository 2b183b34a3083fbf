import { sampleFace, sampleTrackedFace } from '../sample-readings.test-support.ts';
import { summaryLine } from './summary-line.ts';
import { Tally } from './tally.ts';

const frame = (...faces: ReturnType<typeof sampleTrackedFace>[]) => ({
  timeMs: 0,
  widthPx: 640,
  heightPx: 360,
  faces,
});

test('faces are counted in pictures, and once each in videos, unsure where they are in most of their frames', () => {
  const tally = new Tally();
  tally.addPicture([sampleFace({}), sampleFace({ unsureReasons: ['dark'] })]);
  tally.addPicture([]);
  tally.addFailure();
  const video = tally.startVideo();
  const unsure = { unsureReasons: ['dark'] } as const;
  video.addFrame(frame(sampleTrackedFace(1, {}), sampleTrackedFace(2, unsure)));
  video.addFrame(frame(sampleTrackedFace(1, unsure), sampleTrackedFace(2, unsure)));
  video.end();
  const summary = tally.summary(75);
  expect(summary).toEqual({ pictures: 2, videos: 1, faces: 4, unsureFaces: 2, failed: 1, seconds: 75 });
  expect(summaryLine(summary)).toBe('2 pictures, 1 video, 4 faces (2 unsure), 1 failure in 1 min 15 s');
});

test('nothing is summed up as nothing', () => {
  expect(summaryLine(new Tally().summary(0.04))).toBe('0 pictures, 0 faces in 0.0 s');
});
