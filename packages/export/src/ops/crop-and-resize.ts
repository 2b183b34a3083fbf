import { multiplyDims } from '../graph/dim.ts';
import { int, type Value } from '../graph/graph.ts';
import { knownDim } from '../graph/shape.ts';
import { numericTensor } from '../graph/tensor.ts';
import type { OpCall, OpConverter } from '../graph-model/op-call.ts';
import { toFloat } from './promote.ts';

/** Where the samples of all boxes lie along one axis of the image, in pixels; `[boxes, samples]`. */
interface Samples {
  readonly places: Value;
  /** False where a sample lies outside the image. */
  readonly isInside: Value;
  /** The last pixel of the axis. */
  readonly last: Value;
}

const float = (call: OpCall, value: number): Value => call.scalar('number', value);

/** One column of the boxes, `[boxes, 1]`. */
const edge = (call: OpCall, column: number): Value =>
  call.add('Gather', [call.tensor(1), call.integers('column', [column])], { axis: int(1) });

/** Samples are spread from edge to edge; a lone one lies in the middle. */
const samplesAlong = (call: OpCall, axis: 0 | 1, count: number): Samples => {
  const size = call.add('Gather', [
    call.add('Shape', [call.tensor(0)]),
    call.scalar('axis', axis + 1, 'int64'),
  ]);
  const last = call.add('Sub', [toFloat(call, size), float(call, 1)]);
  const [from, to] = [edge(call, axis), edge(call, axis + 2)];
  const scaled = (value: Value): Value => call.add('Mul', [value, last]);
  const places =
    count === 1
      ? scaled(call.add('Mul', [call.add('Add', [from, to]), float(call, 0.5)]))
      : call.add('Add', [
          scaled(from),
          call.add('Mul', [
            call.constant(
              'steps',
              numericTensor(
                'float32',
                [1, count],
                Array.from({ length: count }, (_, step) => step),
              ),
            ),
            call.add('Div', [scaled(call.add('Sub', [to, from])), float(call, count - 1)]),
          ]),
        ]);
  const isInside = call.add('And', [
    call.add('GreaterOrEqual', [places, float(call, 0)]),
    call.add('LessOrEqual', [places, last]),
  ]);
  return { places, isInside, last };
};

const clamp = (call: OpCall, value: Value, last: Value): Value =>
  call.add('Min', [call.add('Max', [value, float(call, 0)]), last]);

/** Reads pixels at whole places of rows and columns: `[boxes, rows, columns, channels]`. */
const pixelsAt = (call: OpCall, rows: Value, columns: Value, width: Value, height: Value): Value => {
  const image = call.tensor(0);
  const channels = knownDim(image.shape, 3);
  const pixels = call.reshape(image, [multiplyDims(image.shape.slice(0, 3)), channels]);
  const boxes = call.add('Unsqueeze', [toFloat(call, call.tensor(2)), call.integers('to-grid', [1, 2])]);
  const row = call.add('Add', [
    call.add('Mul', [boxes, height]),
    call.add('Unsqueeze', [rows, call.integers('row', [2])]),
  ]);
  const place = call.add('Add', [
    call.add('Mul', [row, width]),
    call.add('Unsqueeze', [columns, call.integers('column', [1])]),
  ]);
  return call.add('Gather', [pixels, call.cast(place, 'int64')], { axis: int(0) });
};

const blend = (call: OpCall, one: Value, other: Value, share: Value): Value =>
  call.add('Add', [one, call.add('Mul', [call.add('Sub', [other, one]), share])]);

const sample = (call: OpCall, y: Samples, x: Samples, isBilinear: boolean): Value => {
  const one = float(call, 1);
  const [height, width] = [call.add('Add', [y.last, one]), call.add('Add', [x.last, one])];
  const at = (rows: Value, columns: Value): Value =>
    pixelsAt(call, clamp(call, rows, y.last), clamp(call, columns, x.last), width, height);
  if (!isBilinear) {
    // tfjs rounds halves up.
    const rounded = ({ places }: Samples): Value =>
      call.add('Floor', [call.add('Add', [places, float(call, 0.5)])]);
    return at(rounded(y), rounded(x));
  }
  const [top, left] = [call.add('Floor', [y.places]), call.add('Floor', [x.places])];
  const [bottom, right] = [call.add('Ceil', [y.places]), call.add('Ceil', [x.places])];
  const down = call.add('Unsqueeze', [call.add('Sub', [y.places, top]), call.integers('down', [2, 3])]);
  const along = call.add('Unsqueeze', [call.add('Sub', [x.places, left]), call.integers('along', [1, 3])]);
  const upper = blend(call, at(top, left), at(top, right), along);
  const lower = blend(call, at(bottom, left), at(bottom, right), along);
  return blend(call, upper, lower, down);
};

/**
 * Cuts boxes out of images and resizes them. ONNX has this for one box for all images alone, so the samples are read
 * from the pixels by their places.
 */
export const cropAndResize: OpConverter = (call) => {
  const [rows, columns] = call.knownIntegers(3, 'crop size') as [number, number];
  const isBilinear = call.attributes.text('method', 'bilinear').toLowerCase() === 'bilinear';
  const [y, x] = [samplesAlong(call, 0, rows), samplesAlong(call, 1, columns)];
  const values = sample(call, y, x, isBilinear);
  const isInside = call.add('And', [
    call.add('Unsqueeze', [y.isInside, call.integers('rows', [2, 3])]),
    call.add('Unsqueeze', [x.isInside, call.integers('columns', [1, 3])]),
  ]);
  const outside = float(call, call.attributes.number('extrapolation_value', 0));
  return call.add('Where', [isInside, values, outside]);
};
