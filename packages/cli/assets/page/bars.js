import { element } from './dom.js';
import { percent } from './words.js';

/** @typedef {import('../../src/outputs/html/page-data.ts').PageHead['labels']} Labels */

/**
 * A whole distribution as one bar, a colour for each label.
 *
 * @param {Labels} labels
 * @param {readonly number[]} thousandths
 */
export const stackedBar = (labels, thousandths) => {
  const bar = element('span', { class: 'stacked', 'aria-hidden': 'true' });
  for (const [index, { colour }] of labels.entries()) {
    const part = element('span');
    part.style.background = colour;
    part.style.flexGrow = String(thousandths[index]);
    bar.append(part);
  }
  return bar;
};

/**
 * A whole distribution as a table with a bar in each row, the likeliest first.
 *
 * @param {Labels} labels
 * @param {readonly number[]} thousandths
 * @param {number} [most] rows; all unless told otherwise.
 */
export const barTable = (labels, thousandths, most = labels.length) => {
  const rows = labels
    .map(({ label, colour }, index) => ({ label, colour, value: thousandths[index] ?? 0 }))
    .toSorted((one, other) => other.value - one.value)
    .slice(0, most);
  const table = element('table', { class: 'bars' });
  for (const { label, colour, value } of rows) {
    const bar = element('span', { class: 'bar' });
    bar.style.width = `${value / 10}%`;
    bar.style.background = colour;
    table.append(
      element(
        'tr',
        {},
        element('th', { scope: 'row' }, label),
        element('td', { class: 'track', 'aria-hidden': 'true' }, bar),
        element('td', { class: 'figure' }, percent(value)),
      ),
    );
  }
  return table;
};
