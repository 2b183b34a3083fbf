import { createRandom } from '@mien/contract';
import { createMatrixKernels, kernelName, MAXIMUM_PAGES, TILE_COLUMNS, TILE_ROWS } from './matrix-kernels.ts';
import { engine } from './web-assembly.ts';

const FLOAT_BYTES = 4;
const [A_AT, B_AT, C_AT] = [0, 4000, 8000];
const memory = new engine.Memory({ initial: 2, maximum: MAXIMUM_PAGES, shared: true });
const floats = new Float32Array(memory.buffer);
const kernels = createMatrixKernels(memory);

const heights = Array.from({ length: TILE_ROWS }, (_, index) => index + 1);
const shapes = [
  { runs: 1, depth: 1 },
  { runs: 1, depth: 7 },
  { runs: 3, depth: 4 },
  { runs: 2, depth: 9 },
];
const cases = heights.flatMap((height) =>
  shapes.flatMap(({ runs, depth }) => [false, true].map((isDeep) => ({ height, isDeep, runs, depth }))),
);

test.each(cases)(
  'the kernel %j multiplies strips with a panel, as three nested loops do',
  ({ height, isDeep, runs, depth }) => {
    const random = createRandom(height, runs, depth, Number(isDeep));
    for (let index = 0; index < C_AT; index++) floats[index] = random.uniform(-1, 1);
    floats.fill(1, C_AT);
    const strips = 2;
    const rows = strips * height;
    // Runs overlap and rows have gaps, as they do in an image.
    const aStride = isDeep ? rows + 1 : depth + 3;
    const runStride = isDeep ? depth * aStride + 2 : 5;
    const cStride = TILE_COLUMNS + 4;
    const expected = floats.slice(C_AT, C_AT + rows * cStride);
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < TILE_COLUMNS; column++) {
        let sum = 1;
        for (let step = 0; step < runs * depth; step++) {
          const run = Math.floor(step / depth) * runStride;
          const inner = step % depth;
          const a = floats[A_AT + run + (isDeep ? inner * aStride + row : row * aStride + inner)] as number;
          sum += a * (floats[B_AT + step * TILE_COLUMNS + column] as number);
        }
        expected[row * cStride + column] = sum;
      }
    }
    const bytes = (place: number): number => place * FLOAT_BYTES;
    const multiply = (adds: number): void => {
      kernels[kernelName(height, isDeep)]?.(
        bytes(A_AT),
        bytes(aStride),
        runs,
        bytes(runStride),
        depth,
        bytes(B_AT),
        bytes(C_AT),
        bytes(cStride),
        strips,
        adds,
      );
    };
    multiply(1);
    const added = floats.slice(C_AT, C_AT + expected.length);
    multiply(0);
    const overwritten = floats.slice(C_AT, C_AT + expected.length);
    for (const [index, value] of expected.entries()) {
      const isResult = index % cStride < TILE_COLUMNS;
      expect(added[index]).toBeCloseTo(value, 5);
      expect(overwritten[index]).toBeCloseTo(isResult ? value - 1 : 1, 5);
    }
  },
);
