import { drawing } from './dom.js';

/**
 * Draws boxes over a picture of any shown size.
 *
 * @param {{ widthPx: number, heightPx: number }} picture
 * @param {{ box: readonly number[], colour: string, name: string, isUnsure: boolean, isChosen: boolean }[]} faces
 */
export const boxesOver = ({ widthPx, heightPx }, faces) => {
  const shown = drawing('svg', {
    class: 'boxes',
    viewBox: `0 0 ${widthPx} ${heightPx}`,
    'aria-hidden': 'true',
  });
  for (const { box, colour, name, isUnsure, isChosen } of faces) {
    const [x = 0, y = 0, width = 0, height = 0] = box;
    const size = Math.max(widthPx, heightPx) / 36;
    shown.append(
      drawing('rect', { x, y, width, height, class: 'halo' }),
      drawing('rect', {
        x,
        y,
        width,
        height,
        stroke: colour,
        class: [isUnsure ? 'unsure' : '', isChosen ? 'chosen' : ''].join(' '),
      }),
      drawing('text', { x: x + size * 0.2, y: y + size, 'font-size': size, fill: colour }, name),
    );
  }
  return shown;
};
