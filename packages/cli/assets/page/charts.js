import { element } from './dom.js';
import { CHART, trackChart } from './track-chart.js';
import { clock } from './words.js';

/** @typedef {import('../../src/outputs/html/page-data.ts').PageHead} PageHead */
/** @typedef {import('../../src/outputs/html/page-data.ts').PageVideo} PageVideo */

/** @param {readonly number[]} values */
const medianStep = (values) => {
  const steps = values.slice(1).map((value, index) => value - (values[index] ?? 0));
  return steps.toSorted((one, other) => one - other)[Math.floor(steps.length / 2)] ?? 100;
};

/**
 * In words for those who cannot see the chart: for what share of its frames the face had which label.
 *
 * @param {PageHead} head
 * @param {PageVideo['tracks'][number]} track
 * @param {readonly number[]} timesMs
 */
const sharesOf = (head, track, timesMs) => {
  /** @type {Map<string, number>} */
  const frames = new Map();
  for (const label of track.labels) {
    const name = head.labels[label]?.label ?? '';
    frames.set(name, (frames.get(name) ?? 0) + 1);
  }
  const shares = [...frames]
    .toSorted((one, other) => other[1] - one[1])
    .map(([label, number]) => `${label} ${Math.round((100 * number) / track.frames.length)} %`);
  return `${clock(timesMs[0] ?? 0)} to ${clock(timesMs.at(-1) ?? 0)}: ${shares.join(', ')}`;
};

/**
 * The distributions of all faces over time, with a line at the moment that is pointed at.
 *
 * @param {PageHead} head
 * @param {PageVideo} video
 * @param {number} endMs
 */
export const chartsOf = (head, { timesMs, tracks }, endMs) => {
  const toX = (/** @type {number} */ timeMs) => (timeMs / endMs) * CHART.width;
  const cursor = element('div', { class: 'cursor' });
  const charts = element('div', { class: 'charts' }, cursor);
  for (const track of tracks) {
    const own = track.frames.map((frame) => timesMs[frame] ?? 0);
    charts.append(
      element(
        'p',
        { class: 'track-title' },
        element('img', { src: track.image, alt: '', width: 36, height: 36 }),
        element('span', {}, element('b', {}, `Face ${track.trackId}`), ` ${sharesOf(head, track, own)}`),
      ),
      trackChart(head.labels, track, { timesMs: own, usualMs: medianStep(timesMs), toX }),
    );
  }
  return { charts, cursor };
};

/**
 * Which colour is which label.
 *
 * @param {PageHead} head
 */
export const legendOf = ({ labels }) =>
  element(
    'p',
    { class: 'legend quiet' },
    ...labels.map(({ label, colour }) => {
      const dot = element('span', { class: 'dot' });
      dot.style.background = colour;
      return element('span', {}, dot, label);
    }),
  );
