import sharp from 'sharp';
import { html, type Html } from '../html.ts';

/** Gray images of one size, as a dataset holds them. */
export interface SheetImages {
  readonly widthPx: number;
  readonly heightPx: number;
  /** `[heightPx, widthPx]` each, gray. */
  readonly images: readonly Uint8Array[];
}

/** Between two images, in pixels. */
const GAP_PX = 2;

/** Puts gray images into a grid, as one PNG with clear gaps. */
const gridPng = async ({ widthPx, heightPx, images }: SheetImages, columns: number): Promise<Buffer> => {
  const rows = Math.ceil(images.length / columns);
  const width = columns * (widthPx + GAP_PX) - GAP_PX;
  const height = rows * (heightPx + GAP_PX) - GAP_PX;
  // Gray and alpha.
  const pixels = new Uint8Array(width * height * 2);
  for (const [index, image] of images.entries()) {
    const left = (index % columns) * (widthPx + GAP_PX);
    const top = Math.floor(index / columns) * (heightPx + GAP_PX);
    for (let at = 0; at < image.length; at++) {
      const to = ((top + Math.floor(at / widthPx)) * width + left + (at % widthPx)) * 2;
      pixels[to] = image[at] as number;
      pixels[to + 1] = 255;
    }
  }
  return sharp(pixels, { raw: { width, height, channels: 2 } })
    .png({ compressionLevel: 9 })
    .toBuffer();
};

/**
 * Shows many images at a glance, as one picture inside the page.
 *
 * @param params.description what they have in common, for readers who cannot see them.
 * @param params.columns images side by side, by default 16.
 */
export const contactSheet = async (
  params: SheetImages & { readonly description: string; readonly columns?: number },
): Promise<Html> => {
  const { images, description, columns = 16, widthPx } = params;
  if (images.length === 0) return html``;
  const across = Math.min(columns, images.length);
  const png = await gridPng(params, across);
  // Shown a quarter larger than it is: small enough to see many, large enough to see each.
  const shown = Math.round((across * (widthPx + GAP_PX) - GAP_PX) * 1.25);
  return html`<img
    class="sheet"
    style="max-width:min(100%,${shown}px)"
    alt="${description}"
    src="data:image/png;base64,${png.toString('base64')}"
  />`;
};
