import type { FaceImage } from '../classifier.ts';

/**
 * A picture with faces, as browsers hand them out: encoded, decoded, drawn, as raw pixels, or what a video shows now.
 *
 * A `Blob` (a `File` is one) is decoded in the worker and costs the page nothing; so do frames of videos.
 */
export type ImageSource = FaceImage | HTMLVideoElement | VideoFrame;

/** Any of them that is neither plain pixels nor encoded. */
export type Drawable = Exclude<ImageSource, { readonly rgba: unknown } | ImageData>;

type TypeName = 'VideoFrame' | 'HTMLVideoElement' | 'ImageBitmap';

const isOf = (image: object, name: TypeName): boolean => {
  // Workers and older browsers lack some of them.
  const type = (globalThis as Partial<Record<TypeName, abstract new (...args: never) => unknown>>)[name];
  return type !== undefined && image instanceof type;
};

/** Tells a frame of a video. */
export const isVideoFrame = (image: object): image is VideoFrame => isOf(image, 'VideoFrame');

/** Tells a video in the page. */
export const isVideo = (image: object): image is HTMLVideoElement => isOf(image, 'HTMLVideoElement');

/** Tells a decoded picture. */
export const isBitmap = (image: object): image is ImageBitmap => isOf(image, 'ImageBitmap');

/** Names a picture for messages, e.g. `the file "notes.txt"`. */
export const describeImage = (image: Drawable | ImageData): string => {
  if (image instanceof Blob) return 'name' in image ? `the file "${String(image.name)}"` : 'the blob';
  if (isVideoFrame(image)) return `the VideoFrame of ${image.displayWidth}×${image.displayHeight} px`;
  if (isVideo(image)) return `the video ${image.currentSrc.slice(0, 200) || 'of a camera'}`;
  if ('src' in image) return `the image ${image.src.slice(0, 200)}`;
  return `the ${image.constructor.name} of ${image.width}×${image.height} px`;
};

/** The pixels of plain image data, which already are what a frame holds; `undefined` for other colours or depths. */
export const plainPixels = ({ data, colorSpace }: ImageData): Uint8ClampedArray | undefined =>
  colorSpace === 'srgb' && data instanceof Uint8ClampedArray ? data : undefined;
