import { drawing } from './dom.js';

/** @typedef {import('../../src/outputs/html/page-data.ts').PageTrack} PageTrack */
/** @typedef {import('../../src/outputs/html/page-data.ts').PageHead} PageHead */

/** The chart's own units; it is stretched to the width that the page has. */
export const CHART = { width: 1000, height: 100 };

/** A gap between two frames that is this many times the usual one means that the face was away. */
const AWAY = 3;

/**
 * Cuts a track into the stretches in which it was seen without a gap.
 *
 * @param {readonly number[]} timesMs of the track's frames.
 * @param {number} usualMs between two frames.
 * @returns {{ from: number, to: number }[]} places in `timesMs`, both ends included.
 */
export const stretchesOf = (timesMs, usualMs) => {
  /** @type {{ from: number, to: number }[]} */
  const stretches = [];
  let from = 0;
  for (let index = 1; index <= timesMs.length; index++) {
    const gap = (timesMs[index] ?? Infinity) - (timesMs[index - 1] ?? 0);
    if (gap <= usualMs * AWAY) continue;
    stretches.push({ from, to: index - 1 });
    from = index;
  }
  return stretches;
};

/**
 * Which of many points to draw: all, or as many as the chart can show.
 *
 * @param {number} from
 * @param {number} to
 */
const pointsBetween = (from, to) => {
  const step = Math.max(1, Math.floor((to - from) / CHART.width));
  const points = [];
  for (let index = from; index < to; index += step) points.push(index);
  return [...points, to];
};

/**
 * @param {number} x
 * @param {number} thousandths
 */
const point = (x, thousandths) => `${x.toFixed(1)} ${(CHART.height * (1 - thousandths / 1000)).toFixed(1)}`;

/**
 * Draws a face's distribution over time: one area for each label, stacked to the full height, and below it where it was
 * unsure.
 *
 * @param {PageHead['labels']} labels
 * @param {PageTrack} track
 * @param {{ timesMs: readonly number[], usualMs: number, toX: (timeMs: number) => number }} axis `timesMs` of the track's
 *   own frames.
 */
export const trackChart = (labels, track, { timesMs, usualMs, toX }) => {
  const chart = drawing('svg', {
    class: 'chart',
    viewBox: `0 0 ${CHART.width} ${CHART.height + 6}`,
    preserveAspectRatio: 'none',
    'aria-hidden': 'true',
  });
  const xAt = (/** @type {number} */ index) => toX(timesMs[index] ?? 0);
  for (const { from, to } of stretchesOf(timesMs, usualMs)) {
    const points = pointsBetween(from, to);
    const left = xAt(from);
    const right = Math.max(xAt(to), left + 1.5);
    const places = points.map((index) => ({ index, x: index === to ? right : xAt(index) }));
    let below = places.map(() => 0);
    for (const [row, { colour }] of labels.entries()) {
      const above = places.map(({ index }, at) => (below[at] ?? 0) + (track.thousandths[row]?.[index] ?? 0));
      const top = places.map(({ x }, at) => point(x, above[at] ?? 0));
      const bottom = places.map(({ x }, at) => point(x, below[at] ?? 0)).toReversed();
      chart.append(drawing('path', { d: `M${[...top, ...bottom].join('L')}Z`, fill: colour }));
      below = above;
    }
    for (const [at, { index, x }] of places.entries()) {
      if (track.unsure[index] !== 1) continue;
      const end = places[at + 1]?.x ?? right;
      chart.append(
        drawing('rect', { x, y: CHART.height + 2, width: Math.max(1, end - x), height: 4, class: 'unsure' }),
      );
    }
  }
  return chart;
};
