/** One geometric change, with the meaning and the units of Keras' `ImageDataGenerator.apply_transform`. */
export interface AffineTransform {
  /** Rotation in degrees; positive turns the picture counter-clockwise. */
  readonly thetaDeg: number;
  /** Shift along the columns in pixels; positive moves the picture to the left. */
  readonly tx: number;
  /** Shift along the rows in pixels; positive moves the picture up. */
  readonly ty: number;
  /** Shear angle in degrees. */
  readonly shearDeg: number;
  /** Scale of the columns' coordinates: over 1 the picture becomes narrower. */
  readonly zx: number;
  /** Scale of the rows' coordinates: over 1 the picture becomes lower. */
  readonly zy: number;
  /** Mirrors left and right, after everything else. */
  readonly flipHorizontal: boolean;
  /** Mirrors top and bottom, after everything else; absent means no. */
  readonly flipVertical?: boolean;
}

/**
 * Where in the source a target pixel is read, in pixels from the first pixel's centre:
 * `row' = rowPerRow * row + rowPerColumn * column + rowOffset`, and `column'` likewise.
 */
export interface SourceMap {
  readonly rowPerRow: number;
  readonly rowPerColumn: number;
  readonly rowOffset: number;
  readonly columnPerRow: number;
  readonly columnPerColumn: number;
  readonly columnOffset: number;
}

/** Homogeneous 3×3 matrix, row-major. */
type Matrix = readonly number[];

const multiply = (left: Matrix, right: Matrix): Matrix =>
  Array.from({ length: 9 }, (_, index) => {
    const row = index - (index % 3);
    const column = index % 3;
    const term = (inner: number): number =>
      (left[row + inner] as number) * (right[inner * 3 + column] as number);
    return term(0) + term(1) + term(2);
  });

const radians = (degrees: number): number => degrees * (Math.PI / 180);

/**
 * The map that Keras 3.15 hands to `scipy.ndimage.affine_transform`: rotation · shift · shear · zoom about the centre,
 * rows and columns swapped at the end. The swap has two effects, reproduced here because models are compared with ones
 * that Keras trained: `tx` and `zx` act along the columns, and where height and width differ, each axis is centred on
 * the middle of the other. Flips are not in the map: Keras permutes pixels for them.
 *
 * @see https://github.com/keras-team/keras/blob/v3.15.1/keras/src/legacy/preprocessing/image.py
 */
export const kerasSourceMap = (
  transform: AffineTransform,
  size: { readonly height: number; readonly width: number },
): SourceMap => {
  const theta = radians(transform.thetaDeg);
  const shear = radians(transform.shearDeg);
  const toOrigin = [1, 0, 0.5 - size.height / 2, 0, 1, 0.5 - size.width / 2, 0, 0, 1];
  const fromOrigin = [1, 0, size.height / 2 - 0.5, 0, 1, size.width / 2 - 0.5, 0, 0, 1];
  const rotation = [Math.cos(theta), -Math.sin(theta), 0, Math.sin(theta), Math.cos(theta), 0, 0, 0, 1];
  const shift = [1, 0, transform.tx, 0, 1, transform.ty, 0, 0, 1];
  const shearing = [1, -Math.sin(shear), 0, 0, Math.cos(shear), 0, 0, 0, 1];
  const zoom = [transform.zx, 0, 0, 0, transform.zy, 0, 0, 0, 1];
  const about = multiply(multiply(multiply(rotation, shift), shearing), zoom);
  const matrix = multiply(multiply(fromOrigin, about), toOrigin);
  return {
    rowPerRow: matrix[4] as number,
    rowPerColumn: matrix[3] as number,
    rowOffset: matrix[5] as number,
    columnPerRow: matrix[1] as number,
    columnPerColumn: matrix[0] as number,
    columnOffset: matrix[2] as number,
  };
};
