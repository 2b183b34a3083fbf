import { fullCard, validCard } from '../../../contract/src/model-card.test-support.ts';
import { renderCard } from './render-card.ts';

const hashes = [{ file: 'expression.onnx', sha256: 'ab'.repeat(32) }];

/** Rows as lists of cells, whatever their widths. */
const rowsOf = (page: string): string[][] =>
  page
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((text) => text.trim()),
    );

describe('the page of a card', () => {
  const page = renderCard(fullCard(), hashes);
  const rows = rowsOf(page);

  test.each([
    [
      'the accuracy with its interval',
      ['built-in faces', 'validation', 'majority', '2', '50.0 %', '10.0 % to 90.0 %', '0.500', 'yes'],
    ],
    ['recall, precision and F1 of a class', ['sad', '1', '0.0 %', '0.0 %', '0.000']],
    ['what a class was read as', ['sad', '1', '0']],
    ['the calibration of the main output', ['probabilities', '1.200', 'validation', '0.100', '0.020']],
    ['the calibration of another', ['mouth', '1.200', 'validation', '0.100', '0.020']],
    ['corrupted pictures', ['blur', '', '50.0 % (0.0) at σ 1.5 px', '', '0.400']],
    [
      'a precision',
      [
        'fp32',
        '0.00 MB',
        '50.0 %',
        '0.400',
        '0.100',
        '100.0 %',
        '2 validation faces of built-in faces (majority)',
      ],
    ],
    ['a file and its hash', ['`expression.onnx`', `\`${'ab'.repeat(32)}\``]],
    ['where the data is from', ['Where from', 'Drawn by the code, here.']],
    ['how many faces were left out', ['Left out', '1, near copies of faces that are scored on']],
    ['the machine', ['Hardware', '2 cores']],
    ['the time of the whole training', ['Time', '6 min']],
    ['the code', ['Code', 'commit `0123abc`']],
    ['a setting', ['`batchSize`', '`2`']],
  ])('shows %s', (_, row) => {
    expect(rows).toContainEqual(row);
  });

  test('names what is missed most and taken for something else', () => {
    expect(page).toContain('missed most: `sad` (0.0 % found), `happy` (100.0 % found).');
    expect(page).toContain('It takes most often `sad` as `happy` (100.0 %).');
    expect(page).toContain('to: blur, σ 1.5 px (0.0).');
  });

  test('names each corruption that costs most once, at its worst', () => {
    const card = fullCard();
    const [table] = card.robustness ?? [];
    const [row] = table?.rows ?? [];
    if (table === undefined || row === undefined) throw new TypeError('The card has no robustness.');
    const rows = [
      { ...row, accuracy: 0.3 },
      { ...row, level: 3 as const, strength: 'σ 3 px', accuracy: 0.1 },
      { ...row, corruption: 'noise', strength: 'σ 9', accuracy: 0.2 },
    ];
    expect(renderCard({ ...card, robustness: [{ ...table, rows }] }, hashes)).toContain(
      'to: blur, σ 3 px (−40.0); noise, σ 9 (−30.0).',
    );
  });

  test('gives the command, the use, the limits and the licences as the card does', () => {
    expect(page).toContain('```sh\nnpx nx run training:fit\n```');
    expect(page).toContain('## What it is for\n\nTests.');
    expect(page).toContain('- Knows nothing.');
    expect(page).toContain('- Weights: Apache-2.0\n- Data: made here');
  });

  test('looks closely at faces that the model was not chosen on, where there are any', () => {
    const card = validCard();
    const [chosen] = card.evaluation;
    if (chosen === undefined) throw new TypeError('The card has no evaluation.');
    const held = { ...chosen, split: 'test' as const, usedForSelection: false };
    expect(renderCard({ ...card, evaluation: [chosen, held] }, [])).toContain(
      'Class by class, on the test faces of built-in faces',
    );
  });

  test('says that nobody knows how it does by age or skin tone, where it knows photographs', () => {
    const card = fullCard();
    const { dataset } = card.training;
    const ofPhotographs = {
      ...card,
      training: { ...card.training, dataset: { ...dataset, kind: 'folder' as const } },
    };
    expect(renderCard(ofPhotographs, hashes)).toContain('by age, sex or skin tone is **not known**');
    expect(page).not.toContain('skin tone is **not known**');
  });

  test('leaves out what the card does not say', () => {
    const least = renderCard({ ...validCard(), evaluation: [], limits: [] }, hashes);
    expect(least).toContain('Not scored.');
    expect(least).not.toMatch(/undefined|NaN|Infinity|not clean|Hardware|missed most/u);
  });
});
