import { contentsOf, knownIntegers } from '../contents.ts';
import { addDims, divideDims, floorDivideDim, multiplyDims, subtractDims } from '../dim.ts';
import { numberOf } from '../graph.ts';
import type { Dim } from '../shape.ts';
import type { Operation, Outcome } from './operation.ts';

type Contents = readonly Dim[] | undefined;
type ContentsRule = (operation: Operation, operands: readonly (readonly Dim[])[]) => Contents;

const same: ContentsRule = (_, [x]) => x;

/** Applies a rule to each pair of elements, a lone element serving all of the other side. */
const pairwise =
  (combine: (one: Dim, other: Dim) => Dim | undefined): ContentsRule =>
  (_, [a = [], b = []]) => {
    const length = a.length === 1 ? b.length : a.length;
    if (b.length !== 1 && b.length !== length) return undefined;
    const results = Array.from({ length }, (_, index) =>
      combine(a[a.length === 1 ? 0 : index] as Dim, b[b.length === 1 ? 0 : index] as Dim),
    );
    return results.every((result) => result !== undefined) ? results : undefined;
  };

const onNumbers =
  (combine: (one: number, other: number) => number) =>
  (one: Dim, other: Dim): Dim | undefined =>
    typeof one === 'number' && typeof other === 'number' ? combine(one, other) : undefined;

/** Symbols stand for sizes, which are not negative, so rounding down and towards zero are the same for them. */
const divide = (one: Dim, other: Dim): Dim | undefined => {
  if (other === 0) return undefined;
  if (typeof one === 'number' && typeof other === 'number') return Math.trunc(one / other);
  return (
    divideDims(one, other) ??
    (typeof other === 'number' && other > 0 ? floorDivideDim(one, other) : undefined)
  );
};

const gather: ContentsRule = ({ inputs, attributes }, [x = []]) => {
  const shape = inputs[0]?.shape ?? [];
  const places = knownIntegers(inputs[1]);
  const axis = numberOf(attributes, 'axis', 0);
  if (places === undefined || !shape.every((dim) => typeof dim === 'number')) return undefined;
  const inner = axis === shape.length - 1 || axis === -1;
  const [rows, width] = inner ? [multiplyDims(shape.slice(0, -1)), shape.at(-1)] : [1, shape[0]];
  // A row of elements for each place, or a place in each row.
  const size = inner ? 1 : multiplyDims(shape.slice(1));
  const picked = Array.from({ length: rows as number }, (_, row) =>
    places.flatMap((place) => {
      const start =
        (row * (width as number) + (place < 0 ? place + (width as number) : place)) * (size as number);
      return x.slice(start, start + (size as number));
    }),
  ).flat();
  return picked;
};

const slice: ContentsRule = ({ inputs }, [x = []]) => {
  const [start, end, , step = 1] = inputs.slice(1).map((input) => knownIntegers(input)?.[0]);
  const axes = inputs[3] === undefined ? [0] : knownIntegers(inputs[3]);
  if (start === undefined || end === undefined || axes?.join() !== '0') return undefined;
  if (step > 0) return x.slice(start, end).filter((_, index) => index % step === 0);
  return undefined;
};

/** Parts of one row each are put one after another, parts of several rows row by row. */
const concat: ContentsRule = ({ inputs, attributes }, operands) => {
  const rank = inputs[0]?.shape.length ?? 0;
  const axis = numberOf(attributes, 'axis', 0);
  if (axis === 0 || axis === -rank) return operands.flat();
  const rows = inputs[0]?.shape[0];
  if (typeof rows !== 'number') return undefined;
  return Array.from({ length: rows }, (_, row) =>
    operands.flatMap((operand) =>
      operand.slice((row * operand.length) / rows, ((row + 1) * operand.length) / rows),
    ),
  ).flat();
};

const transpose: ContentsRule = ({ inputs }, [x = []]) => {
  const [rows, columns] = inputs[0]?.shape ?? [];
  if (typeof rows !== 'number' || typeof columns !== 'number') return undefined;
  return Array.from({ length: columns }, (_, column) =>
    Array.from({ length: rows }, (_, row) => x[row * columns + column] as Dim),
  ).flat();
};

/** Rules that count elements are for lists. */
const ofList =
  (rule: ContentsRule): ContentsRule =>
  (operation, operands) =>
    (operation.inputs[0]?.shape.length ?? 0) > 1 ? undefined : rule(operation, operands);

const product: ContentsRule = (_, [x = []]) => [multiplyDims(x)];

const negate: ContentsRule = (_, [x = []]) =>
  x.every((element): element is number => typeof element === 'number')
    ? x.map((element) => -element)
    : undefined;

const expand: ContentsRule = ({ inputs }, [x = []]) => {
  const [count = 1] = contentsOf(inputs[1]) ?? [undefined];
  return x.length === 1 && typeof count === 'number' && count <= 64
    ? Array.from({ length: count }, () => x[0] as Dim)
    : undefined;
};

/** Operators that work on every element of all of their inputs. */
const ON_ALL: Readonly<Record<string, ContentsRule>> = {
  Add: pairwise(addDims),
  Concat: concat,
  Div: pairwise(divide),
  Max: pairwise(onNumbers(Math.max)),
  Min: pairwise(onNumbers(Math.min)),
  Mul: pairwise((one, other) => multiplyDims([one, other])),
  Sub: pairwise(subtractDims),
};

/** Operators whose first input is worked on, as the others say. */
const ON_FIRST: Readonly<Record<string, ContentsRule>> = {
  Cast: same,
  Expand: ofList(expand),
  Gather: gather,
  Identity: same,
  Neg: negate,
  ReduceProd: ofList(product),
  Reshape: same,
  Slice: ofList(slice),
  Squeeze: same,
  Transpose: transpose,
  Unsqueeze: same,
};

const isNegative = (element: Dim): boolean => typeof element === 'number' && element < 0;

/** Products and sums of symbols and negative numbers have no spelling as a size. */
const isSpelled = (operands: readonly (readonly Dim[])[]): boolean => {
  const elements = operands.flat();
  return elements.every((element) => typeof element === 'number') || !elements.some(isNegative);
};

const shapeOf = ({ inputs, attributes }: Operation): Contents => {
  const shape = inputs[0]?.shape ?? [];
  const end = numberOf(attributes, 'end', shape.length);
  return shape.slice(numberOf(attributes, 'start', 0), end);
};

const infer = (operation: Operation): Contents => {
  const { op, inputs } = operation;
  if (op === 'Shape') return shapeOf(operation);
  if (op === 'Size') return [multiplyDims(inputs[0]?.shape ?? [])];
  const onFirst = ON_FIRST[op];
  const operands = (onFirst === undefined ? inputs : inputs.slice(0, 1)).map(contentsOf);
  if (!operands.every((operand) => operand !== undefined)) return undefined;
  if (onFirst !== undefined) return onFirst(operation, operands);
  return (op === 'Mul' || op === 'Div') && !isSpelled(operands)
    ? undefined
    : ON_ALL[op]?.(operation, operands);
};

/** Works out the elements of a node's result where it is a few whole numbers, as sizes are. */
export const inferContents = (operation: Operation, { dtype, shape }: Outcome): Contents => {
  if (shape.length > 2 || (dtype !== 'int32' && dtype !== 'int64')) return undefined;
  const [first] = operation.inputs;
  const isWhole = first?.dtype === 'int32' || first?.dtype === 'int64' || dtype === 'int64';
  if (!isWhole && operation.op !== 'Shape' && operation.op !== 'Size') return undefined;
  const contents = infer(operation);
  return contents?.length === multiplyDims(shape) ? contents : undefined;
};
