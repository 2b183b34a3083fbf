import { LABELS, sampleTrackedFace } from '../../sample-readings.test-support.ts';
import { VideoRecording } from './video-recording.ts';

const frame = (index: number, ...faces: ReturnType<typeof sampleTrackedFace>[]) => ({
  index,
  timeMs: index * 40.04,
  widthPx: 640,
  heightPx: 360,
  faces,
});

test('a recording has each face for the frames in which it is, in thousandths and whole pixels', async () => {
  const recording = new VideoRecording(LABELS);
  recording.add(frame(0, sampleTrackedFace(4, { box: [1.4, 2.6, 10, 10], cropPx: 8 })));
  recording.add(frame(1));
  recording.add(
    frame(
      2,
      sampleTrackedFace(4, { label: 'fear', probability: 1, unsureReasons: ['dark'], cropPx: 8 }),
      sampleTrackedFace(5, { cropPx: 8 }),
    ),
  );
  const page = await recording.toPage('clip.mp4', []);
  expect(page).toMatchObject({
    name: 'clip.mp4',
    widthPx: 640,
    heightPx: 360,
    timesMs: [0, 40, 80],
    stills: [],
  });
  const [four, five] = page.tracks;
  expect(four).toEqual({
    trackId: 4,
    image: expect.stringMatching(/^data:image\/webp;base64,/u),
    frames: [0, 2],
    thousandths: LABELS.map((label) => [label === 'happiness' ? 900 : 14, label === 'fear' ? 1000 : 0]),
    labels: [LABELS.indexOf('happiness'), LABELS.indexOf('fear')],
    unsure: [0, 1],
    boxes: [1, 3, 10, 10, 10, 20, 100, 100],
  });
  expect(five?.frames).toEqual([2]);
});

test('a video without faces is one, too', async () => {
  const recording = new VideoRecording(LABELS);
  recording.add(frame(0));
  expect((await recording.toPage('clip.mp4', [])).tracks).toEqual([]);
});
