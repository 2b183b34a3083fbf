import { LABELS, sampleFace, sampleTrackedFace } from '../../sample-readings.test-support.ts';
import { givePicture, giveVideo, KeptSink, pictureResult, SUMMARY } from '../outputs.test-support.ts';
import { csvOutput } from './csv-output.ts';

const HEADER =
  'file,time_ms,face,label,probability,unsure,unsure_reasons,left_px,top_px,width_px,height_px,' +
  'frame_width_px,frame_height_px,confidence,quality,quality_issues,roll_deg,yaw_deg,pitch_deg,' +
  'p_neutral,p_happiness,p_surprise,p_sadness,p_anger,p_disgust,p_fear,p_contempt';

describe('CSV', () => {
  test('has a row for each face of a picture and of each frame, with every probability', async () => {
    const sink = new KeptSink();
    const output = csvOutput({ sink, labels: LABELS });
    const unsure = sampleFace({
      label: 'fear',
      probability: 0.3,
      box: [-5.25, 1, 50, 60],
      unsureReasons: ['ambiguous', 'dark'],
    });
    await givePicture(output, pictureResult('a.jpg', [sampleFace({}), unsure]));
    await givePicture(output, pictureResult('none.jpg', []));
    await giveVideo(output, 'clip.mp4', [[], [sampleTrackedFace(7, { label: 'anger', probability: 1 })]]);
    await output.end(SUMMARY);
    expect(sink.text.split('\n')).toEqual([
      HEADER,
      'a.jpg,,1,happiness,0.9,false,,10,20,100,100,800,600,0.98,0.93,,5.7,-11.5,0,0.014286,0.9,0.014286,0.014286,0.014286,0.014286,0.014286,0.014286',
      'a.jpg,,2,fear,0.3,true,ambiguous dark,-5.3,1,50,60,800,600,0.98,0.93,dark,5.7,-11.5,0,0.1,0.1,0.1,0.1,0.1,0.1,0.3,0.1',
      'clip.mp4,100,7,anger,1,false,,10,20,100,100,640,360,0.98,0.93,,5.7,-11.5,0,0,0,0,0,1,0,0,0',
      '',
    ]);
  });

  test('quotes what has to be quoted, and disarms names that a spreadsheet would run', async () => {
    const sink = new KeptSink();
    const output = csvOutput({ sink, labels: LABELS });
    for (const name of ['a "b", c.jpg', '=1+2.jpg'])
      await givePicture(output, pictureResult(name, [sampleFace({})]));
    const [, quoted, disarmed] = sink.text.split('\n');
    expect(quoted).toMatch(/^"a ""b"", c\.jpg",,1,/u);
    expect(disarmed).toMatch(/^'=1\+2\.jpg,,1,/u);
  });

  test('is its header where there is no face', async () => {
    const sink = new KeptSink();
    const output = csvOutput({ sink, labels: LABELS });
    await output.end(SUMMARY);
    expect(sink.text).toBe(`${HEADER}\n`);
  });
});
