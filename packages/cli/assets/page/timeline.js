import { barTable } from './bars.js';
import { boxesOver } from './boxes.js';
import { chartsOf, legendOf } from './charts.js';
import { byId, element } from './dom.js';
import { clock, count } from './words.js';

/** @typedef {import('../../src/outputs/html/page-data.ts').PageHead} PageHead */
/** @typedef {import('../../src/outputs/html/page-data.ts').PageVideo} PageVideo */

/** How many labels of each face are shown while the video is moved along. */
const SHOWN_LABELS = 3;

/**
 * The place of the last value that is not above a limit.
 *
 * @param {readonly number[]} sorted
 * @param {number} limit
 */
export const lastUpTo = (sorted, limit) => {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((sorted[middle] ?? Infinity) <= limit) low = middle + 1;
    else high = middle;
  }
  return low - 1;
};

/**
 * The values of a video's faces at one of its frames.
 *
 * @param {PageVideo} video
 * @param {number} frame
 */
export const facesAt = ({ tracks }, frame) =>
  tracks.flatMap((track) => {
    const at = lastUpTo(track.frames, frame);
    if (track.frames[at] !== frame) return [];
    return [
      {
        trackId: track.trackId,
        thousandths: track.thousandths.map((row) => row[at] ?? 0),
        label: track.labels[at] ?? 0,
        isUnsure: track.unsure[at] === 1,
        box: track.boxes.slice(at * 4, at * 4 + 4),
      },
    ];
  });

/**
 * The still that is nearest to a time.
 *
 * @param {PageVideo['stills']} stills
 * @param {number} timeMs
 */
const nearestStill = (stills, timeMs) => {
  const at = lastUpTo(
    stills.map((still) => still.timeMs),
    timeMs,
  );
  const [before, after] = [stills[at], stills[at + 1]];
  if (before === undefined || after === undefined) return before ?? after;
  return timeMs - before.timeMs <= after.timeMs - timeMs ? before : after;
};

/**
 * The frame that is pointed at, as far as the page has it.
 *
 * @param {PageHead} head
 * @param {PageVideo} video
 * @param {number} frame
 */
const stillOf = (head, video, frame) => {
  const still = nearestStill(video.stills, video.timesMs[frame] ?? 0);
  if (still === undefined) return [];
  const faces = facesAt(video, frame).map(({ trackId, label, box, isUnsure }) => ({
    box,
    name: String(trackId),
    colour: head.labels[label]?.colour ?? '#fff',
    isUnsure,
    isChosen: false,
  }));
  return [
    element('img', { src: still.image, alt: '', width: video.widthPx, height: video.heightPx }),
    boxesOver(video, faces),
  ];
};

/**
 * The values of the faces in the frame that is pointed at.
 *
 * @param {PageHead} head
 * @param {PageVideo} video
 * @param {number} frame
 */
const valuesOf = ({ labels }, video, frame) => {
  const faces = facesAt(video, frame).map(({ trackId, thousandths, isUnsure }) => {
    const unsure = isUnsure ? [element('span', { class: 'unsure' }, ' unsure')] : [];
    return element(
      'div',
      {},
      element('h3', {}, `Face ${trackId}`, ...unsure),
      barTable(labels, thousandths, SHOWN_LABELS),
    );
  });
  return faces.length > 0 ? faces : [element('p', { class: 'quiet' }, 'No face in this frame.')];
};

/**
 * @param {PageHead} head
 * @param {PageVideo} video
 */
const timelineOf = (head, video) => {
  const { name, timesMs, tracks } = video;
  const endMs = Math.max(1, timesMs.at(-1) ?? 1);
  const still = element('div', { class: 'framed' });
  const values = element('div', { class: 'values' });
  const time = element('output', {});
  const last = Math.max(0, timesMs.length - 1);
  const slider = element('input', { type: 'range', max: last, value: 0, 'aria-label': `Time in ${name}` });
  const { charts, cursor } = chartsOf(head, video, endMs);

  const show = (/** @type {number} */ frame) => {
    const timeMs = timesMs[frame] ?? 0;
    slider.value = String(frame);
    slider.setAttribute('aria-valuetext', clock(timeMs));
    time.textContent = `${clock(timeMs)} of ${clock(endMs)}`;
    cursor.style.left = `${(100 * timeMs) / endMs}%`;
    still.replaceChildren(...stillOf(head, video, frame));
    values.replaceChildren(...valuesOf(head, video, frame));
  };
  const point = (/** @type {PointerEvent} */ { clientX }) => {
    const { left, width } = charts.getBoundingClientRect();
    const share = Math.max(0, Math.min(1, (clientX - left) / width));
    show(Math.max(0, lastUpTo(timesMs, share * endMs + 0.5)));
  };
  charts.addEventListener('pointermove', point);
  charts.addEventListener('pointerdown', point);
  slider.addEventListener('input', () => show(Number(slider.value)));
  show(0);

  const figures = `${clock(endMs)}, ${count(timesMs.length, 'frame')} looked at, ${count(tracks.length, 'face')}`;
  return element(
    'section',
    { class: 'video' },
    element('h2', {}, name),
    element('p', { class: 'quiet' }, figures),
    element(
      'div',
      { class: 'timeline' },
      element('div', { class: 'moment' }, still, element('div', { class: 'scrub' }, slider, time), values),
      element('div', {}, legendOf(head), charts),
    ),
  );
};

/**
 * Shows every video as a timeline to move along.
 *
 * @param {PageHead} head
 * @param {readonly PageVideo[]} videos
 */
export const showTimelines = (head, videos) => {
  byId('videos').append(...videos.map((video) => timelineOf(head, video)));
};
