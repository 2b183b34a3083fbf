import { sampleFace, sampleTrackedFace } from '../../sample-readings.test-support.ts';
import { givePicture, giveVideo, KeptSink, pictureResult, SUMMARY } from '../outputs.test-support.ts';
import { jsonLinesOutput } from './json-lines-output.ts';
import { jsonOutput } from './json-output.ts';
import type { ModelRecord } from './records.ts';

const model = {
  model: { path: 'm.onnx', name: 'expression', labels: ['a', 'b'], sha256: 'abc' },
  device: { requested: 'cpu', provider: 'cpu' },
} satisfies ModelRecord;

const face = sampleFace({ cropPx: 8 });
const { crop: _, ...faceWithoutPixels } = face;
const tracked = sampleTrackedFace(7, {});
const failure = { name: 'broken.jpg', error: new RangeError('no picture') };
const failureRecord = {
  file: 'broken.jpg',
  error: { name: 'RangeError', message: expect.stringContaining('no picture') },
};
const picture = { file: 'a.jpg', widthPx: 800, heightPx: 600, faces: [faceWithoutPixels] };
const frame = (timeMs: number, faces: unknown[]) => ({ timeMs, widthPx: 640, heightPx: 360, faces });

describe('a JSON document', () => {
  test('holds the model, every file in its place, and what it came to', async () => {
    const sink = new KeptSink();
    const output = jsonOutput({ sink, model });
    await givePicture(output, pictureResult('a.jpg', [face]));
    await output.failure(failure);
    await giveVideo(output, 'clip.mp4', [[tracked], []]);
    await output.end(SUMMARY);
    expect(JSON.parse(sink.text)).toEqual({
      ...model,
      files: [picture, failureRecord, { file: 'clip.mp4', frames: [frame(0, [tracked]), frame(100, [])] }],
      summary: SUMMARY,
    });
    expect(sink.isFinished).toBe(true);
  });

  test('is whole where there is nothing in it, and where a video breaks off', async () => {
    const empty = new KeptSink();
    await jsonOutput({ sink: empty, model }).end(SUMMARY);
    expect(JSON.parse(empty.text)).toEqual({ ...model, files: [], summary: SUMMARY });

    const broken = new KeptSink();
    const output = jsonOutput({ sink: broken, model });
    const video = await output.video(pictureResult('clip.mp4', []).input);
    await video.frame({ index: 0, ...frame(0, []), faces: [] });
    await video.abandon();
    await output.failure({ ...failure, name: 'clip.mp4' });
    await output.end(SUMMARY);
    expect(JSON.parse(broken.text).files).toEqual([
      { file: 'clip.mp4', frames: [frame(0, [])] },
      { ...failureRecord, file: 'clip.mp4' },
    ]);
  });

  test('is written as it becomes known', async () => {
    const sink = new KeptSink();
    const output = jsonOutput({ sink, model });
    await givePicture(output, pictureResult('a.jpg', [face]));
    expect(sink.text).toContain('a.jpg');
  });
});

test('JSON lines are whole objects, each of which says what it is', async () => {
  const sink = new KeptSink();
  const output = jsonLinesOutput({ sink, model });
  await givePicture(output, pictureResult('a.jpg', [face]));
  await output.failure(failure);
  await giveVideo(output, 'clip.mp4', [[tracked]]);
  await output.end(SUMMARY);
  const lines = sink.text.trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
    { type: 'model', ...model },
    { type: 'picture', ...picture },
    { type: 'failure', ...failureRecord },
    { type: 'frame', file: 'clip.mp4', ...frame(0, [tracked]) },
    { type: 'summary', ...SUMMARY },
  ]);
});
