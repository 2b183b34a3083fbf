import { LABELS, sampleFace, sampleTrackedFace } from '../../sample-readings.test-support.ts';
import { createStyle } from '../../terminal/style.ts';
import { textWidth } from '../../terminal/text-width.ts';
import { givePicture, giveVideo, KeptSink, pictureResult } from '../outputs.test-support.ts';
import { layOutTable } from './table-layout.ts';
import { tableOutput } from './table-output.ts';

const tableOn = (columns: number | undefined, longestName = 60, isColoured = false) => {
  const sink = new KeptSink();
  const layout = layOutTable({ columns, longestName, labels: LABELS });
  return { sink, output: tableOutput({ sink, layout, style: createStyle(isColoured) }) };
};

const faces = [
  sampleFace({ probability: 0.97, box: [310, 88, 212, 212] }),
  sampleFace({
    label: 'sadness',
    probability: 0.31,
    box: [-4, 1200, 1900, 1000],
    unsureReasons: ['ambiguous'],
  }),
];

describe('the table', () => {
  test('has a row for each face, the name on the first alone', async () => {
    const { sink, output } = tableOn(undefined, 9);
    await givePicture(output, pictureResult('photo.jpg', faces));
    await givePicture(output, pictureResult('tree.jpg', []));
    expect(sink.text.split('\n')).toEqual([
      'Picture      Face  Reading             Probability       Box                Quality',
      'photo.jpg       1  happiness           █████████▊  97 %  212×212+310+88        93 %',
      '                2  unsure (ambiguous)  ███▏        31 %  1900×1000-4+1200      93 %',
      'tree.jpg        –  no face',
      '',
    ]);
  });

  test.each([80, 100, 132, 200])('fits into %i columns, whatever pictures are called', async (columns) => {
    const { sink, output } = tableOn(columns);
    const name = `somewhere/${'very-'.repeat(20)}long.jpg`;
    await givePicture(output, pictureResult(name, faces));
    await givePicture(output, pictureResult('写真の名前がとても長いファイル.jpg', faces));
    const widths = sink.text.trimEnd().split('\n').map(textWidth);
    expect(Math.max(...widths)).toBeLessThanOrEqual(columns);
    expect(Math.max(...widths)).toBeGreaterThan(70);
  });

  test('shows no control characters that a file is named with', async () => {
    const { sink, output } = tableOn(80);
    await givePicture(output, pictureResult('\u001B[2Jevil\n.jpg', []));
    expect(sink.text).not.toContain('\u001B');
    expect(sink.text.split('\n')).toHaveLength(3);
  });

  test('sums up each face of a video', async () => {
    const { sink, output } = tableOn(80);
    const happy = sampleTrackedFace(1, {});
    const sad = sampleTrackedFace(1, { label: 'sadness', unsureReasons: ['dark'] });
    const late = sampleTrackedFace(2, { label: 'fear' });
    await giveVideo(output, 'clip.mp4', [[happy], [happy], [happy], [sad, late]]);
    expect(sink.text.split('\n')).toEqual([
      'clip.mp4  0:00.3, 4 frames, 2 faces',
      '  face 1    0:00.0–0:00.3    happiness     █████████     75 %  sadness 25 %; unsure 25 %',
      '  face 2    0:00.3–0:00.3    fear          ████████████ 100 %',
      '',
    ]);
  });
});
