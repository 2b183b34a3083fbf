/** @typedef {import('../../src/outputs/html/page-data.ts').PageFace} PageFace */
/** @typedef {import('../../src/outputs/html/page-data.ts').PagePicture} PagePicture */

/**
 * A face as the contact sheet has it.
 *
 * @typedef {{ face: PageFace, number: number, picture: PagePicture, top: number }} SheetFace `top` is the probability of
 *   its label, in thousandths; `number` its place in the picture, from 1.
 */

/**
 * What of the sheet is wanted, and in which order.
 *
 * @typedef {object} Choice
 * @property {ReadonlySet<string>} labels empty for all.
 * @property {string} certainty `all`, `sure` or `unsure`.
 * @property {string} text part of the file's name.
 * @property {string} order a key of `ORDERS`.
 */

/** @type {Readonly<Record<string, (one: SheetFace, other: SheetFace) => number>>} */
const ORDERS = {
  given: () => 0,
  label: (one, other) => one.face.label.localeCompare(other.face.label, 'en') || other.top - one.top,
  surest: (one, other) => other.top - one.top,
  least: (one, other) => one.top - other.top,
  quality: (one, other) => other.face.quality - one.face.quality,
  size: (one, other) => other.face.box[2] - one.face.box[2],
};

/**
 * Lists the faces of pictures, with their place in them.
 *
 * @param {readonly PagePicture[]} pictures
 * @returns {SheetFace[]}
 */
export const listFaces = (pictures) =>
  pictures.flatMap((picture) =>
    picture.faces.map((face, index) => ({
      face,
      number: index + 1,
      picture,
      top: Math.max(...face.thousandths),
    })),
  );

/**
 * The faces that a choice asks for, in its order; equal ones stay in the order of the pictures.
 *
 * @param {readonly SheetFace[]} faces
 * @param {Choice} choice
 */
export const chooseFaces = (faces, { labels, certainty, text, order }) => {
  const wanted = text.toLowerCase();
  return faces
    .filter(({ face }) => labels.size === 0 || labels.has(face.label))
    .filter(({ face }) => certainty === 'all' || face.unsure.length > 0 === (certainty === 'unsure'))
    .filter(({ picture }) => picture.name.toLowerCase().includes(wanted))
    .toSorted(ORDERS[order]);
};
