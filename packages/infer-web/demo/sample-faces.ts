import sheet from '../../../test-fixtures/faces-48x48.json' with { type: 'json' };
import { elementById } from './element.ts';

const SHEET_URL = new URL('../../../test-fixtures/faces-48x48.png', import.meta.url);

/** Rows of the contact sheet; each is every expression on one face. */
const ROWS_SHOWN = 2;

const cut = async (bitmap: ImageBitmap, index: number): Promise<Blob> => {
  const { widthPx, heightPx } = sheet;
  const columns = bitmap.width / widthPx;
  const canvas = new OffscreenCanvas(widthPx, heightPx);
  const left = (index % columns) * widthPx;
  const top = Math.floor(index / columns) * heightPx;
  canvas.getContext('2d')?.drawImage(bitmap, -left, -top);
  return canvas.convertToBlob();
};

const toButton = (face: Blob, label: string, onPicture: (face: Blob) => void): HTMLButtonElement => {
  const button = document.createElement('button');
  const image = document.createElement('img');
  image.src = URL.createObjectURL(face);
  image.alt = `A drawn face, ${label}`;
  button.type = 'button';
  button.title = label;
  button.append(image);
  button.addEventListener('click', () => onPicture(face));
  return button;
};

/**
 * Fills the page's list of sample faces.
 *
 * @param onPicture called with the face that a visitor picks.
 */
export const showSampleFaces = async (onPicture: (face: Blob) => void): Promise<void> => {
  const response = await fetch(SHEET_URL);
  const bitmap = await createImageBitmap(await response.blob());
  const columns = bitmap.width / sheet.widthPx;
  const list = elementById('samples', HTMLUListElement);
  for (const [index, labelIndex] of sheet.classes.slice(0, columns * ROWS_SHOWN).entries()) {
    const item = document.createElement('li');
    item.append(toButton(await cut(bitmap, index), sheet.labels[labelIndex] as string, onPicture));
    list.append(item);
  }
  bitmap.close();
};
