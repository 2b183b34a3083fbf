import { createRandom } from '@mien/contract';
import type { Frame } from '@mien/pixels';
import sharp from 'sharp';
import { blurRgb } from './blur-rgb.ts';
import { drawFace, type FaceSpec } from './draw-face.ts';
import { createScene, type Scene } from './scene.ts';

/** What a cheap sensor makes of clean light: gain, gamma, loss of colour, noise. Works in place on RGB bytes. */
const degrade = (rgb: Uint8Array, { gain, gamma, saturation, noise, noiseSeed }: Scene): void => {
  const random = createRandom(noiseSeed);
  const curve = Float64Array.from(
    { length: 256 },
    (_, value) => Math.min(1, (value / 255) ** gamma * gain) * 255,
  );
  for (let at = 0; at < rgb.length; at += 3) {
    const red = curve[rgb[at] as number] as number;
    const green = curve[rgb[at + 1] as number] as number;
    const blue = curve[rgb[at + 2] as number] as number;
    const gray = 0.299 * red + 0.587 * green + 0.114 * blue;
    const grain = noise === 0 ? 0 : noise * random.normal();
    rgb[at] = clampByte(gray + (red - gray) * saturation + grain);
    rgb[at + 1] = clampByte(gray + (green - gray) * saturation + grain);
    rgb[at + 2] = clampByte(gray + (blue - gray) * saturation + grain);
  }
};

const clampByte = (value: number): number => Math.min(255, Math.max(0, Math.round(value)));

/** Drops the alpha of an opaque picture; faster here than as a step of the image library. */
const withoutAlpha = (rgba: Uint8Array): Uint8Array => {
  const rgb = new Uint8Array((rgba.length / 4) * 3);
  for (let from = 0, to = 0; to < rgb.length; from += 4, to += 3) {
    rgb[to] = rgba[from] as number;
    rgb[to + 1] = rgba[from + 1] as number;
    rgb[to + 2] = rgba[from + 2] as number;
  }
  return rgb;
};

const opaque = (rgb: Uint8Array): Uint8Array => {
  const rgba = new Uint8Array((rgb.length / 3) * 4).fill(255);
  for (let from = 0, to = 0; from < rgb.length; from += 3, to += 4) {
    rgba[to] = rgb[from] as number;
    rgba[to + 1] = rgb[from + 1] as number;
    rgba[to + 2] = rgb[from + 2] as number;
  }
  return rgba;
};

/**
 * Renders one synthetic face: the same specification gives the same picture.
 *
 * @returns an opaque frame of `sizePx` × `sizePx`, the face filling most of it, as a face detector would crop it.
 */
export const renderFace = async (params: FaceSpec & { readonly sizePx: number }): Promise<Frame> => {
  const { sizePx } = params;
  const scene = createScene(params.variationSeed);
  const drawn = await sharp(Buffer.from(drawFace(params)))
    .raw()
    .toBuffer();
  const rgb = blurRgb(withoutAlpha(drawn), {
    widthPx: sizePx,
    heightPx: sizePx,
    sigmaPx: scene.blur * sizePx,
  });
  degrade(rgb, scene);
  const raw = { width: sizePx, height: sizePx, channels: 3 } as const;
  const { jpegQuality } = scene;
  const seen =
    jpegQuality === undefined
      ? rgb
      : await sharp(await sharp(rgb, { raw }).jpeg({ quality: jpegQuality }).toBuffer())
          .raw()
          .toBuffer();
  return { widthPx: sizePx, heightPx: sizePx, rgba: opaque(seen) };
};
