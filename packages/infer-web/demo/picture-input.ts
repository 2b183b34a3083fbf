import { elementById } from './element.ts';

/** The first picture among the things that were dropped or pasted. */
const firstPicture = (transfer: DataTransfer | null): File | undefined =>
  [...(transfer?.files ?? [])].find(({ type }) => type.startsWith('image/'));

/**
 * Lets visitors hand in a picture: choose a file, drop it anywhere on the page, or paste it.
 *
 * @param onPicture called with each picture.
 */
export const listenForPictures = (onPicture: (picture: Blob) => void): void => {
  const file = elementById('file', HTMLInputElement);
  const drop = elementById('drop', HTMLElement);
  const take = (picture: File | undefined): void => {
    if (picture !== undefined) onPicture(picture);
  };
  file.addEventListener('change', () => {
    take(file.files?.[0]);
    // So that choosing the same file again counts as a change.
    file.value = '';
  });
  document.addEventListener('paste', ({ clipboardData }) => take(firstPicture(clipboardData)));
  document.addEventListener('dragover', (event) => {
    event.preventDefault();
    drop.classList.add('over');
  });
  document.addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) drop.classList.remove('over');
  });
  document.addEventListener('drop', (event) => {
    event.preventDefault();
    drop.classList.remove('over');
    take(firstPicture(event.dataTransfer));
  });
};
