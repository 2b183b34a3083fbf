import { FER2013_LABELS, FERPLUS_LABELS } from '@mien/contract';
import { sampleFace } from '../sample-readings.test-support.ts';
import { boxWords } from './box-words.ts';
import { labelColours } from './label-colours.ts';
import { readingWords, UNSURE_WORDS } from './unsure-words.ts';

test('a reading is its label, or that it is unsure and the weightiest reason', () => {
  expect(readingWords(sampleFace({ label: 'fear' }))).toBe('fear');
  const unsure = readingWords(sampleFace({ unsureReasons: ['cut-off', 'dark'] }));
  expect(unsure).toBe('unsure (cut-off)');
  expect(UNSURE_WORDS).toContain(unsure);
});

test('a box is written as X11 has it, also where it reaches outside', () => {
  expect(boxWords({ leftPx: 10.4, topPx: -5.6, widthPx: 99.5, heightPx: 100 })).toBe('100×100+10-6');
});

test.each([{ labels: FER2013_LABELS }, { labels: FERPLUS_LABELS }, { labels: Array.from('abcdefgh') }])(
  'every label has a colour of its own ($labels.length labels, $labels.0 first)',
  ({ labels }) => {
    expect(new Set(labelColours(labels).values()).size).toBe(labels.length);
  },
);

test('the same emotion has the same colour whatever a label set calls it', () => {
  expect(labelColours(FER2013_LABELS).get('happy')).toBe(labelColours(FERPLUS_LABELS).get('happiness'));
});
