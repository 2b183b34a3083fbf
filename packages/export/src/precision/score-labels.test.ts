import { scoreLabels } from './score-labels.ts';

const images = { count: 4, shape: [1], data: new Uint8Array(4), output: 'a' };

describe('scoreLabels', () => {
  test('scores the output that the labels are of', () => {
    // Tops: 0, 0, 1, 1 at 0.9, 0.5, 0.9, 0.9. Class 2 occurs and is never named.
    const data = Float32Array.of(0.9, 0.1, 0, 0.5, 0.4, 0.1, 0.1, 0.9, 0, 0, 0.9, 0.1);
    const outputs = new Map([
      ['other', { classes: 2, data: new Float32Array(8) }],
      ['a', { classes: 3, data }],
    ]);
    const scores = scoreLabels(outputs, { ...images, truth: [0, 1, 1, 2] });
    expect(scores).toMatchObject({ output: 'a', samples: 4, accuracy: 0.5 });
    // By hand: F1 of class 0 is 2/3, of class 1 2·1 / (2 + 2), of class 2 0.
    expect(scores.macroF1).toBeCloseTo((2 / 3 + 1 / 2 + 0) / 3, 12);
    // Three at 0.9 with two hits, one at 0.5 with none.
    expect(scores.ece).toBeCloseTo((3 * (0.9 - 2 / 3) + 0.5) / 4, 6);
  });
});
