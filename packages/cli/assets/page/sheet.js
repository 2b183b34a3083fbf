import { stackedBar } from './bars.js';
import { chooseFaces, listFaces } from './choice.js';
import { byId, element } from './dom.js';
import { openViewer, prepareViewer } from './viewer.js';
import { count, percent } from './words.js';

/** @typedef {import('../../src/outputs/html/page-data.ts').PageHead} PageHead */
/** @typedef {import('./choice.js').SheetFace} SheetFace */

/** Cards that are made at a time: a page of ten thousand faces opens at once. */
const CARDS_AT_ONCE = 240;

/**
 * @param {PageHead} head
 * @param {SheetFace} sheetFace
 */
const card = ({ labels }, { face, number, picture, top }) => {
  const short = picture.name.slice(picture.name.lastIndexOf('/') + 1);
  const unsure = face.unsure.length > 0 ? `unsure: ${face.unsure.join(', ')}` : '';
  const described = `Face ${number} of ${picture.name}: ${face.label} ${percent(top)} ${unsure}`;
  return element(
    'button',
    { type: 'button', class: 'card', 'aria-label': described.trim(), title: picture.name },
    element('img', { src: face.image, alt: '', width: 112, height: 112 }),
    element('span', { class: 'reading' }, face.label),
    element('span', { class: 'figure' }, percent(top)),
    stackedBar(labels, face.thousandths),
    ...(unsure === '' ? [] : [element('span', { class: 'unsure note' }, unsure)]),
    element('span', { class: 'file note' }, short),
  );
};

/**
 * @param {PageHead} head
 * @param {readonly SheetFace[]} faces
 * @param {() => void} onChange
 */
const labelChips = ({ labels }, faces, onChange) => {
  for (const { label, colour } of labels) {
    const number = faces.filter(({ face }) => face.label === label).length;
    const dot = element('span', { class: 'dot' });
    dot.style.background = colour;
    const chip = element(
      'button',
      { type: 'button', class: 'chip', 'aria-pressed': 'false', 'data-label': label, disabled: number === 0 },
      dot,
      label,
      element('span', { class: 'figure' }, String(number)),
    );
    chip.addEventListener('click', () => {
      chip.setAttribute('aria-pressed', String(chip.getAttribute('aria-pressed') !== 'true'));
      onChange();
    });
    byId('labels').append(chip);
  }
};

const readChoice = () => ({
  labels: new Set(
    [...document.querySelectorAll('.chip[aria-pressed="true"]')].map(
      (chip) => /** @type {HTMLElement} */ (chip).dataset['label'] ?? '',
    ),
  ),
  certainty: /** @type {HTMLSelectElement} */ (byId('certainty')).value,
  order: /** @type {HTMLSelectElement} */ (byId('order')).value,
  text: /** @type {HTMLInputElement} */ (byId('name')).value,
});

/**
 * Shows the faces of all pictures as cards, to filter, sort and open.
 *
 * @param {PageHead} head
 * @param {readonly import('../../src/outputs/html/page-data.ts').PagePicture[]} pictures
 */
export const showSheet = (head, pictures) => {
  const faces = listFaces(pictures);
  if (faces.length === 0) return;
  byId('sheet').hidden = false;
  prepareViewer();
  const cards = byId('cards');
  const more = byId('more');
  /** @type {SheetFace[]} */
  let chosen = [];

  const addCards = () => {
    const from = cards.childElementCount;
    for (const [offset, face] of chosen.slice(from, from + CARDS_AT_ONCE).entries()) {
      const made = card(head, face);
      made.addEventListener('click', () => openViewer(head, chosen, from + offset));
      cards.append(made);
    }
    more.hidden = cards.childElementCount >= chosen.length;
  };
  const update = () => {
    chosen = chooseFaces(faces, readChoice());
    cards.replaceChildren();
    addCards();
    byId('chosen').textContent =
      chosen.length === faces.length
        ? count(faces.length, 'face')
        : `${chosen.length} of ${count(faces.length, 'face')}`;
  };

  labelChips(head, faces, update);
  for (const id of ['certainty', 'order', 'name']) byId(id).addEventListener('input', update);
  more.addEventListener('click', addCards);
  update();
};
