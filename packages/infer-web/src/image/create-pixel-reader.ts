import type { Frame } from '@mien/pipeline';
import { UndecodableImageError, UnreadableImageError } from './image-errors.ts';
import { isVideoFrame } from './image-source.ts';

/** Reads the pixels of what is decoded. */
export type PixelReader = (image: ImageBitmap | VideoFrame, name: string) => Frame;

/**
 * Opens what reads pixels, and keeps its canvas from one picture to the next of the same size, so that the frames of a
 * video do not fill the memory with canvases.
 */
export const createPixelReader = (): PixelReader => {
  let canvas: OffscreenCanvas | undefined;
  return (image, name) => {
    const [width, height] = isVideoFrame(image)
      ? [image.displayWidth, image.displayHeight]
      : [image.width, image.height];
    if (canvas?.width !== width || canvas.height !== height) canvas = new OffscreenCanvas(width, height);
    // Kept in memory rather than on the GPU, where rounding may differ.
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (context === null) throw new UndecodableImageError(name);
    // In the place of what was there, translucent or not.
    context.globalCompositeOperation = 'copy';
    context.drawImage(image, 0, 0, width, height);
    try {
      return { widthPx: width, heightPx: height, rgba: context.getImageData(0, 0, width, height).data };
    } catch (cause) {
      throw new UnreadableImageError(name, { cause });
    }
  };
};
