import { MienError } from '@mien/contract';
import type { Graph, NamedValue } from '../graph/graph.ts';
import type { ImageLayout } from '../graph/image-layout.ts';
import { formatShape } from '../graph/shape.ts';
import type { PictureGeometry } from './decode-picture.ts';

/** A model that calibration has no inputs for. */
export class CalibrationInputError extends MienError {
  override readonly name = 'CalibrationInputError';
  constructor(
    readonly inputs: readonly string[],
    problem: string,
  ) {
    super(`int8 cannot be calibrated so: ${problem}.`);
  }
}

const describe = ({ name, value: { dtype, shape } }: NamedValue): string =>
  `"${name}" (${dtype} ${formatShape(shape)})`;

/**
 * Finds the input that a graph is calibrated through.
 *
 * @throws {CalibrationInputError} where there are several, or it has open sizes besides the batch.
 */
export const calibratedInput = ({ inputs }: Graph): NamedValue => {
  const names = inputs.map(({ name }) => name);
  const [input] = inputs;
  if (input === undefined || inputs.length > 1) {
    const problem = `the model has ${inputs.length} inputs (${names.join(', ')}), and calibration feeds one`;
    throw new CalibrationInputError(
      names,
      `${problem}. Leave int8 out of --precision, or give saved --ranges`,
    );
  }
  const { shape } = input.value;
  if (typeof shape[0] === 'number' && shape[0] !== 1) {
    const open = `--shape "${input.name}=?,${shape.slice(1).join()}"`;
    throw new CalibrationInputError(
      names,
      `input ${describe(input)} takes ${shape[0]} at once. Open it with ${open}`,
    );
  }
  if (shape.slice(1).some((dim) => typeof dim === 'string')) {
    const sizes = shape.map((dim, axis) => (typeof dim === 'number' ? dim : axis === 0 ? '?' : 224));
    const problem = `input ${describe(input)} leaves its size open`;
    throw new CalibrationInputError(
      names,
      `${problem}. Say it, e.g. --shape "${input.name}=${sizes.join()}"`,
    );
  }
  return input;
};

/** The channels of an input that takes pictures; `undefined` for any other. */
export const channelsOf = (
  input: NamedValue,
  layout: ImageLayout,
): PictureGeometry['channels'] | undefined => {
  const { shape } = input.value;
  const channels = shape.length === 4 ? shape[layout === 'channels-last' ? 3 : 1] : undefined;
  return channels === 1 || channels === 3 || channels === 4 ? channels : undefined;
};

/**
 * Reads from an input's shape how it takes pictures.
 *
 * @param input of known size.
 * @throws {CalibrationInputError} where it is no image.
 */
export const geometryOf = (input: NamedValue, layout: ImageLayout): PictureGeometry => {
  const [, ...sizes] = input.value.shape as readonly number[];
  const channels = channelsOf(input, layout);
  if (channels === undefined) {
    const wanted = `[count${sizes.map((size) => `, ${size}`).join('')}]`;
    throw new CalibrationInputError(
      [input.name],
      `input ${describe(input)} is no image of 1, 3 or 4 channels. ` +
        `Give --calibrate a file of inputs, an ONNX TensorProto (.pb) of shape ${wanted}, instead of pictures`,
    );
  }
  const [heightPx, widthPx] = (layout === 'channels-last' ? sizes : sizes.slice(1)) as [number, number];
  return { heightPx, widthPx, channels };
};
