import {
  CANDIDATE_FIELDS,
  checkGolden,
  goldenInput,
  InvalidModelCardError,
  parseDetectorCard,
} from './index.ts';

const row = Array.from({ length: 2 * CANDIDATE_FIELDS.length }, (_, index) => index / 100);

const card = {
  schemaVersion: 1,
  kind: 'face-detector',
  name: 'detector',
  source: 'somewhere',
  licence: { weights: 'Apache-2.0' },
  input: { widthPx: 4, heightPx: 4, channels: 3, colour: 'rgb', range: [0, 255] },
  candidates: 10,
  graph: {
    file: 'detector.onnx',
    sha256: '0'.repeat(64),
    bytes: 1,
    opset: 18,
    irVersion: 8,
    precision: 'fp32',
    input: { name: 'pixels', dtype: 'float32', layout: 'NCHW', shape: ['N', 3, 4, 4] },
    output: { name: 'faces', dtype: 'float32', shape: ['N', 10, 17] },
  },
  golden: { seed: 1, candidateStep: 8, outputs: [row, row], tolerance: 1e-4 },
} as const;

describe('the card of a face detector', () => {
  test('is read as it was written', () => {
    expect(parseDetectorCard(JSON.parse(JSON.stringify(card)))).toEqual(card);
  });

  test('has a self-test like any other card', () => {
    const parsed = parseDetectorCard(card);
    expect(goldenInput(parsed)).toHaveLength(2 * 3 * 4 * 4);
    expect(checkGolden(parsed, [...row, ...row])).toBe(0);
  });

  test.each([
    ['another kind of card', { kind: 'expression' }, 'kind'],
    ['an oblong input', { input: { ...card.input, widthPx: 5 } }, 'input must be square'],
    ['a gray input', { input: { ...card.input, channels: 1 } }, 'input.channels'],
    [
      'a self-test of another length than it says',
      { golden: { ...card.golden, candidateStep: 4 } },
      'golden.outputs must hold the numbers of every candidateStep-th candidate',
    ],
  ])('is refused with %s', (_, change, problem) => {
    const parse = () => parseDetectorCard({ ...card, ...change }, 'detector.card.json');
    expect(parse).toThrow(InvalidModelCardError);
    expect(parse).toThrow(problem);
  });
});
