import { assembleModule, I32, op, V128, type Code, type WasmFunction } from './wasm-binary.ts';
import { engine, type SharedMemory } from './web-assembly.ts';

/** Rows of the result that one pass of a kernel computes: 6 × 8 sums fill the 16 vector registers of x64. */
export const TILE_ROWS = 6;
/** Columns of the result that one pass computes, and so the width of a packed panel. */
export const TILE_COLUMNS = 8;
const FLOAT_BYTES = 4;
const VECTOR_BYTES = 16;
/** Steps along the depth between two looks at how many are left. */
const UNROLLED = 4;

const PARAMETERS = [
  'a',
  'aStride',
  'runs',
  'runStride',
  'depth',
  'b',
  'c',
  'cStride',
  'strips',
  'adds',
] as const;

type Parameter = (typeof PARAMETERS)[number];

const parameter = Object.fromEntries(PARAMETERS.map((name, index) => [name, index])) as Record<
  Parameter,
  number
>;

/** Local variables of a kernel. */
interface Locals {
  /** Where each row of A is read; for a transposed A only the first counts. */
  readonly rows: readonly number[];
  readonly run: number;
  readonly b: number;
  readonly runsLeft: number;
  readonly depthLeft: number;
  /** Two vectors for each row. */
  readonly sums: readonly number[];
  readonly low: number;
  readonly high: number;
  readonly factor: number;
}

const numberLocals = (rows: number): Locals => {
  let next: number = PARAMETERS.length;
  const take = (): number => next++;
  return {
    rows: Array.from({ length: rows }, take),
    run: take(),
    b: take(),
    runsLeft: take(),
    depthLeft: take(),
    sums: Array.from({ length: rows * 2 }, take),
    low: take(),
    high: take(),
    factor: take(),
  };
};

const typesOf = ({ rows, sums }: Locals): number[] => [
  ...rows.map(() => I32),
  I32, // run
  I32, // b
  I32, // runsLeft
  I32, // depthLeft
  ...sums.map(() => V128),
  V128, // low
  V128, // high
  V128, // factor
];

const copy = (from: number, to: number): Code => [op.get(from), op.set(to)];
const advance = (local: number, by: Code): Code => [op.get(local), by, op.add, op.set(local)];
const countDown = (local: number, by = 1): Code => [op.get(local), op.i32(by), op.sub, op.set(local)];
const always = op.i32(1);

/** How one kind of kernel is emitted. */
interface Emitter {
  readonly locals: Locals;
  /** A is stored `[depth, rows]`, i.e. transposed, instead of `[rows, depth]`. */
  readonly isDeep: boolean;
  readonly isFused: boolean;
}

/** One step along the depth, `step` places into an unrolled group: a rank-1 update of the sums. */
const emitStep = ({ locals, isDeep, isFused }: Emitter, step: number): Code => {
  const firstRow = locals.rows[0] as number;
  const addProduct = (sum: number, operand: number): Code => [
    [op.get(locals.factor), op.get(operand)],
    isFused ? [op.get(sum), op.f32x4RelaxedMadd] : [op.f32x4Mul, op.get(sum), op.f32x4Add],
    op.set(sum),
  ];
  return [
    [op.get(locals.b), op.load(step * 2 * VECTOR_BYTES), op.set(locals.low)],
    [op.get(locals.b), op.load((step * 2 + 1) * VECTOR_BYTES), op.set(locals.high)],
    locals.rows.map((pointer, row): Code => [
      isDeep
        ? [op.get(firstRow), op.loadSplat(row * FLOAT_BYTES)]
        : [op.get(pointer), op.loadSplat(step * FLOAT_BYTES)],
      op.set(locals.factor),
      addProduct(locals.sums[row * 2] as number, locals.low),
      addProduct(locals.sums[row * 2 + 1] as number, locals.high),
    ]),
    isDeep ? advance(firstRow, op.get(parameter.aStride)) : [],
  ];
};

/** Steps along the depth in groups of so many, for as long as there are enough left. */
const emitSteps = (emitter: Emitter, steps: number): Code => {
  const { locals, isDeep } = emitter;
  return op.block(
    op.loop([
      [op.get(locals.depthLeft), op.i32(-steps), op.and, op.isZero, op.branchIf(1)],
      Array.from({ length: steps }, (_, step) => emitStep(emitter, step)),
      advance(locals.b, op.i32(steps * 2 * VECTOR_BYTES)),
      isDeep ? [] : locals.rows.map((pointer) => advance(pointer, op.i32(steps * FLOAT_BYTES))),
      countDown(locals.depthLeft, steps),
      [always, op.branchIf(0)],
    ]),
  );
};

/** Sums over one run after another. */
const emitRuns = (emitter: Emitter): Code => {
  const { locals, isDeep } = emitter;
  const pointAtRows = locals.rows.map((pointer, row): Code => {
    if (row === 0) return copy(locals.run, pointer);
    const above = locals.rows[row - 1] as number;
    return isDeep ? [] : [op.get(above), op.get(parameter.aStride), op.add, op.set(pointer)];
  });
  return [
    [copy(parameter.a, locals.run), copy(parameter.runs, locals.runsLeft)],
    op.loop([
      pointAtRows,
      copy(parameter.depth, locals.depthLeft),
      emitSteps(emitter, UNROLLED),
      emitSteps(emitter, 1),
      advance(locals.run, op.get(parameter.runStride)),
      [countDown(locals.runsLeft), op.get(locals.runsLeft), op.branchIf(0)],
    ]),
  ];
};

/** Writes the sums of a strip, or adds them to what is there, and moves on to the next rows of C. */
const emitStores = ({ locals }: Emitter): Code =>
  locals.rows.map((_, row): Code => [
    [0, 1].map((half): Code => {
      const sum = op.get(locals.sums[row * 2 + half] as number);
      const offset = half * VECTOR_BYTES;
      const target = op.get(parameter.c);
      const added: Code = [target, sum, target, op.load(offset), op.f32x4Add, op.store(offset)];
      return [op.get(parameter.adds), op.if(added, [target, sum, op.store(offset)])];
    }),
    advance(parameter.c, op.get(parameter.cStride)),
  ]);

/** Emits the kernel of one height; what it does is told at {@link MatrixKernel}. */
const emitKernel = (rows: number, isDeep: boolean, isFused: boolean): WasmFunction => {
  const locals = numberLocals(rows);
  const emitter = { locals, isDeep, isFused };
  const toNextStrip = isDeep
    ? advance(parameter.a, op.i32(rows * FLOAT_BYTES))
    : locals.rows.map(() => advance(parameter.a, op.get(parameter.aStride)));
  return {
    name: kernelName(rows, isDeep),
    parameters: PARAMETERS.length,
    locals: typesOf(locals),
    body: op.loop([
      copy(parameter.b, locals.b),
      locals.sums.map((sum) => [op.zero, op.set(sum)]),
      emitRuns(emitter),
      emitStores(emitter),
      toNextStrip,
      [countDown(parameter.strips), op.get(parameter.strips), op.branchIf(0)],
    ]),
  };
};

/**
 * Multiplies strips of rows of A with one packed panel of B, 8 columns wide.
 *
 * Places and strides are in bytes, all numbers whole. The depth of the product is made of `runs` runs, each of `depth`
 * steps; run r starts `r * runStride` after `a`. `aStride` lies between the rows of A as stored: rows of the product,
 * or, for the kernels with a transposed A, steps of a run. `b` is the panel, `[runs * depth, 8]`; `c` the result, with
 * `cStride` between rows; `strips` how many strips; `adds` 1 to add to the result, 0 to overwrite it. `runs`, `depth`
 * and `strips` are at least 1.
 */
export type MatrixKernel = (
  a: number,
  aStride: number,
  runs: number,
  runStride: number,
  depth: number,
  b: number,
  c: number,
  cStride: number,
  strips: number,
  adds: number,
) => void;
/** Name of the kernel for strips of so many rows. */
export const kernelName = (rows: number, isDeep: boolean): string => `${isDeep ? 'deep' : 'flat'}${rows}`;

/**
 * Assembles the matrix kernels: for 1 to 6 rows, A as stored or transposed.
 *
 * @param isFused uses relaxed SIMD's fused multiply-add, which doubles the speed.
 */
export const assembleMatrixKernels = (maximumPages: number, isFused: boolean): Uint8Array<ArrayBuffer> => {
  const kernels = [false, true].flatMap((isDeep) =>
    Array.from({ length: TILE_ROWS }, (_, index) => emitKernel(index + 1, isDeep, isFused)),
  );
  return assembleModule(kernels, maximumPages);
};

/** The kernels by {@link kernelName}. */
export type MatrixKernels = Readonly<Record<string, MatrixKernel>>;

/** The largest memory that WebAssembly can address, 4 GiB, in pages of 64 KiB. */
export const MAXIMUM_PAGES = 65_536;

/** Makes the kernels for one thread, on a shared memory with {@link MAXIMUM_PAGES}. */
export const createMatrixKernels = (memory: SharedMemory): MatrixKernels => {
  const fused = assembleMatrixKernels(MAXIMUM_PAGES, true);
  const bytes = engine.validate(fused) ? fused : assembleMatrixKernels(MAXIMUM_PAGES, false);
  const { exports } = new engine.Instance(new engine.Module(bytes), { env: { memory } });
  return exports as MatrixKernels;
};
