import type { MarkedPhoto } from '../faces/photo-truth.ts';
import { renderComparison } from './render-comparison.ts';

const box = (leftPx: number, sidePx = 100) => ({ leftPx, topPx: 0, widthPx: sidePx, heightPx: sidePx });

const photo = (file: string, ...lefts: number[]): MarkedPhoto => ({
  file,
  sha256: '',
  widthPx: 1000,
  heightPx: 100,
  url: new URL(`file:///${file}`),
  faces: lefts.map((left) => ({ box: box(left), rightEye: null, leftEye: null })),
});

test('counts faces and times of all photographs, takes head and face for the same, and says who is missing', () => {
  const result = {
    firstResultMilliseconds: 1234,
    firstResultProcessorMilliseconds: 2345,
    peakMegabytes: 321.4,
    photos: [
      {
        file: 'a.jpg',
        milliseconds: 30,
        processorMilliseconds: 20,
        faces: [
          { box: box(0, 200), label: 'happy' },
          { box: box(700), label: 'sad' },
        ],
      },
      { file: 'b.jpg', milliseconds: 50, processorMilliseconds: 40, faces: [{ box: box(310), label: '' }] },
    ],
  };
  const rows = [
    { name: 'ours', result },
    { name: 'theirs', result: { reason: 'it is not installed' } },
  ];
  const truth = [photo('a.jpg', 0), photo('b.jpg', 300, 500)];
  expect(renderComparison(rows, truth)).toBe(
    [
      'library  faces  extra  ms/photo  CPU ms/photo  ms/face  first result  its CPU  peak memory',
      'ours       2/3      1        40            30     40.0         1.2 s    2.3 s       321 MB',
      'theirs: not measured, it is not installed',
    ].join('\n'),
  );
});
