import { barTable } from './bars.js';
import { boxesOver } from './boxes.js';
import { byId, element } from './dom.js';

/** @typedef {import('../../src/outputs/html/page-data.ts').PageHead} PageHead */
/** @typedef {import('./choice.js').SheetFace} SheetFace */

/**
 * @param {PageHead} head
 * @param {SheetFace} sheetFace
 */
const pictureOf = ({ labels }, { picture, number }) => {
  const colours = new Map(labels.map(({ label, colour }) => [label, colour]));
  const faces = picture.faces.map(({ box, label, unsure }, index) => ({
    box,
    name: String(index + 1),
    colour: colours.get(label) ?? '#fff',
    isUnsure: unsure.length > 0,
    isChosen: index + 1 === number,
  }));
  return element(
    'div',
    { class: 'framed' },
    element('img', {
      src: picture.image,
      alt: `${picture.name}, its faces framed`,
      width: picture.widthPx,
      height: picture.heightPx,
    }),
    boxesOver(picture, faces),
  );
};

/**
 * @param {PageHead} head
 * @param {SheetFace} sheetFace
 */
const detailsOf = ({ labels }, { face, number, picture }) => {
  const [left, top, width, height] = face.box.map((value) => Math.round(value));
  return element(
    'div',
    { class: 'details' },
    element('h2', { id: 'viewer-title' }, `${picture.name}, face ${number}`),
    ...(face.unsure.length > 0
      ? [element('p', { class: 'unsure' }, `Unsure: ${face.unsure.join(', ')}`)]
      : []),
    barTable(labels, face.thousandths),
    element(
      'p',
      { class: 'quiet' },
      `Quality ${face.quality} %. Box ${width} × ${height} px, ${left} from the left, ${top} from the top, in a picture of ${picture.widthPx} × ${picture.heightPx} px.`,
    ),
  );
};

/**
 * What is open, and the faces that the arrow keys lead to.
 *
 * @type {{ head: PageHead, faces: readonly SheetFace[], at: number } | undefined}
 */
let opened;

/** @param {number} at */
const show = (at) => {
  const face = opened?.faces[at];
  if (opened === undefined || face === undefined) return;
  opened = { ...opened, at };
  byId('viewer-content').replaceChildren(pictureOf(opened.head, face), detailsOf(opened.head, face));
  byId('previous').toggleAttribute('disabled', at === 0);
  byId('next').toggleAttribute('disabled', at === opened.faces.length - 1);
};

/** @param {number} step */
const move = (step) => {
  if (opened !== undefined) show(opened.at + step);
};

/** Lets the viewer's buttons and the arrow keys lead from face to face. */
export const prepareViewer = () => {
  byId('previous').addEventListener('click', () => move(-1));
  byId('next').addEventListener('click', () => move(1));
  byId('viewer').addEventListener('keydown', ({ key }) => {
    if (key === 'ArrowLeft') move(-1);
    if (key === 'ArrowRight') move(1);
  });
};

/**
 * Opens a face's picture with all of its values.
 *
 * @param {PageHead} head
 * @param {readonly SheetFace[]} faces
 * @param {number} at its place among them.
 */
export const openViewer = (head, faces, at) => {
  opened = { head, faces, at };
  show(at);
  /** @type {HTMLDialogElement} */ (byId('viewer')).showModal();
};
