import type { Point } from '@mien/pipeline';
import type { Sharp } from 'sharp';
import type { MarkedFace, MarkedPhoto } from './photo-truth.ts';

/** A way to make a photograph harder, and where its faces are then. */
export interface PhotoChange {
  readonly name: string;
  readonly apply: (picture: Sharp, photo: MarkedPhoto) => Sharp;
  /** @param frame the changed picture's size. */
  readonly move: (
    face: MarkedFace,
    photo: MarkedPhoto,
    frame: { readonly widthPx: number; readonly heightPx: number },
  ) => MarkedFace;
}

type Move = (point: Point) => Point;

const moveEyes = ({ rightEye, leftEye }: MarkedFace, move: Move) => ({
  rightEye: rightEye === null ? null : move(rightEye),
  leftEye: leftEye === null ? null : move(leftEye),
});

/** Turns the picture about its middle, clockwise; a face's box becomes the upright square of the same area. */
export const turned = (degrees: number): PhotoChange => ({
  name: `turned by ${degrees}°`,
  apply: (picture) => picture.rotate(degrees, { background: '#000' }),
  move: (face, photo, frame) => {
    const angle = (degrees * Math.PI) / 180;
    const move: Move = ({ xPx, yPx }) => {
      const [x, y] = [xPx - photo.widthPx / 2, yPx - photo.heightPx / 2];
      return {
        xPx: frame.widthPx / 2 + x * Math.cos(angle) - y * Math.sin(angle),
        yPx: frame.heightPx / 2 + x * Math.sin(angle) + y * Math.cos(angle),
      };
    };
    const { leftPx, topPx, widthPx, heightPx } = face.box;
    const centre = move({ xPx: leftPx + widthPx / 2, yPx: topPx + heightPx / 2 });
    const sidePx = Math.sqrt(widthPx * heightPx);
    const box = {
      leftPx: centre.xPx - sidePx / 2,
      topPx: centre.yPx - sidePx / 2,
      widthPx: sidePx,
      heightPx: sidePx,
    };
    return { box, ...moveEyes(face, move) };
  },
});

/** Resizes the picture. */
export const scaled = (factor: number): PhotoChange => ({
  name: `scaled by ${factor}`,
  apply: (picture, { widthPx, heightPx }) =>
    picture.resize(Math.round(widthPx * factor), Math.round(heightPx * factor), { fit: 'fill' }),
  move: (face) => {
    const { leftPx, topPx, widthPx, heightPx } = face.box;
    const box = {
      leftPx: leftPx * factor,
      topPx: topPx * factor,
      widthPx: widthPx * factor,
      heightPx: heightPx * factor,
    };
    return { box, ...moveEyes(face, ({ xPx, yPx }) => ({ xPx: xPx * factor, yPx: yPx * factor })) };
  },
});

/** Puts the picture, made small, into the upper left of a gray frame of its old size. */
export const faraway = (factor: number): PhotoChange => ({
  name: `${factor} of its size in a frame`,
  apply: (picture, photo) => {
    const [width, height] = [Math.round(photo.widthPx * factor), Math.round(photo.heightPx * factor)];
    return picture.resize(width, height, { fit: 'fill' }).extend({
      right: photo.widthPx - width,
      bottom: photo.heightPx - height,
      background: '#777',
    });
  },
  move: scaled(factor).move,
});

const inPlace = (name: string, apply: (picture: Sharp) => Sharp): PhotoChange => ({
  name,
  apply,
  move: (face) => face,
});

/** The photograph as it is. */
export const UNCHANGED = inPlace('as it is', (picture) => picture);

/** What photographs meet: other cameras, other light, other ways to hold them. */
export const PHOTO_CHANGES: readonly PhotoChange[] = [
  turned(-90),
  turned(-45),
  turned(-30),
  turned(-15),
  turned(15),
  turned(30),
  turned(45),
  turned(90),
  scaled(2),
  scaled(0.5),
  scaled(0.25),
  scaled(0.125),
  faraway(0.5),
  faraway(0.33),
  faraway(0.25),
  inPlace('half as bright', (picture) => picture.linear(0.5, 0)),
  inPlace('a quarter as bright', (picture) => picture.linear(0.25, 0)),
  inPlace('a tenth as bright', (picture) => picture.linear(0.1, 0)),
  inPlace('washed out', (picture) => picture.linear(1, 80)),
  inPlace('gray', (picture) => picture.modulate({ saturation: 0 })),
  inPlace('blurred, σ = 4 px', (picture) => picture.blur(4)),
  inPlace('blurred, σ = 8 px', (picture) => picture.blur(8)),
];
