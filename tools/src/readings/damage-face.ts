import { resizePlane } from '@mien/pixels';
import type { Frame } from '@mien/pipeline';
import type { KnownFace } from './score-faces.ts';
import { moveFace } from './validation-faces.ts';

/** Makes a gray face harder to read, its landmarks with it. */
export interface Damage {
  readonly name: string;
  readonly apply: (known: KnownFace) => KnownFace;
}

const grayOf = ({ rgba }: Frame): Float64Array =>
  Float64Array.from({ length: rgba.length / 4 }, (_, pixel) => rgba[pixel * 4] as number);

const toFrame = (widthPx: number, gray: Float64Array): Frame => {
  const rgba = new Uint8Array(gray.length * 4).fill(255);
  for (const [pixel, value] of gray.entries())
    rgba.fill(Math.min(255, Math.floor(value + 0.5)), pixel * 4, pixel * 4 + 3);
  return { widthPx, heightPx: gray.length / widthPx, rgba };
};

/** Blurs by a Gaussian; beyond the edges, they go on. */
export const blurredBy = (sigmaPx: number): Damage => ({
  name: `blurred, σ = ${sigmaPx} px of 48`,
  apply: (known) => {
    const { widthPx, heightPx } = known.frame;
    const reach = Math.ceil(4 * sigmaPx);
    const weights = Array.from({ length: 2 * reach + 1 }, (_, tap) =>
      Math.exp(-((tap - reach) ** 2) / (2 * sigmaPx * sigmaPx)),
    );
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const blurAlong = (gray: Float64Array, xStep: number, yStep: number): Float64Array =>
      gray.map((_, pixel) => {
        const [x, y] = [pixel % widthPx, Math.floor(pixel / widthPx)];
        const valueAt = (tap: number): number => {
          const column = Math.min(Math.max(x + tap * xStep, 0), widthPx - 1);
          const row = Math.min(Math.max(y + tap * yStep, 0), heightPx - 1);
          return gray[row * widthPx + column] as number;
        };
        return weights.reduce((sum, weight, tap) => sum + (weight / total) * valueAt(tap - reach), 0);
      });
    const across = blurAlong(grayOf(known.frame), 1, 0);
    return { ...known, frame: toFrame(widthPx, blurAlong(across, 0, 1)) };
  },
});

/** Shrinks the picture, as a face that is farther away. */
export const shrunkTo = (sidePx: number): Damage => ({
  name: `shrunk to ${sidePx} px of 48`,
  apply: ({ frame, face, expressions }) => {
    const { widthPx, heightPx } = frame;
    const size = { widthPx: sidePx, heightPx: Math.round((sidePx * heightPx) / widthPx) };
    const { values } = resizePlane({ widthPx, heightPx, values: grayOf(frame) }, size);
    const moved = moveFace(face, ({ xPx, yPx }) => ({
      xPx: (xPx * size.widthPx) / widthPx,
      yPx: (yPx * size.heightPx) / heightPx,
    }));
    return { frame: toFrame(sidePx, values), face: moved, expressions };
  },
});

/** Multiplies the light; what is over white stays white. */
export const litBy = (factor: number): Damage => ({
  name: `${factor} of the light`,
  apply: (known) => ({
    ...known,
    frame: toFrame(
      known.frame.widthPx,
      grayOf(known.frame).map((value) => value * factor),
    ),
  }),
});

/** Takes away a part of the picture at one side, as a frame that cuts through a face. */
export const cutOff = (side: 'left' | 'top' | 'bottom', share: number): Damage => ({
  name: `${share} cut off at the ${side}`,
  apply: ({ frame: { widthPx, heightPx, rgba }, face, expressions }) => {
    const columns = side === 'left' ? Math.round(widthPx * share) : 0;
    const rows = side === 'left' ? 0 : Math.round(heightPx * share);
    const top = side === 'top' ? rows : 0;
    const width = widthPx - columns;
    const height = heightPx - rows;
    const rest = Uint8Array.from(
      { length: width * height * 4 },
      (_, at) =>
        rgba[
          ((Math.floor(at / 4 / width) + top) * widthPx + (Math.floor(at / 4) % width) + columns) * 4 +
            (at % 4)
        ] as number,
    );
    const moved = moveFace(face, ({ xPx, yPx }) => ({ xPx: xPx - columns, yPx: yPx - top }));
    return { frame: { widthPx: width, heightPx: height, rgba: rest }, face: moved, expressions };
  },
});
