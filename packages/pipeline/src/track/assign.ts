/**
 * Assigns rows to columns so that the sum of costs is the least that is possible (Hungarian method with potentials,
 * O(rows² · columns); Kuhn 1955, Munkres 1957).
 *
 * @param costs `[rows][columns]`, finite.
 * @returns for each row its column, or -1 where there are fewer columns than rows and none is left for it.
 */
export const assign = (costs: readonly (readonly number[])[]): number[] => {
  const rows = costs.length;
  const columns = costs[0]?.length ?? 0;
  if (columns === 0) return costs.map(() => -1);
  if (rows > columns) return transposed(costs, columns);
  // Index 0 stands for "none" on both sides.
  const rowPotential = new Float64Array(rows + 1);
  const columnPotential = new Float64Array(columns + 1);
  const rowOf = new Int32Array(columns + 1);
  for (let row = 1; row <= rows; row++) {
    rowOf[0] = row;
    augment(costs, { rowPotential, columnPotential, rowOf });
  }
  const result = costs.map(() => -1);
  for (let column = 1; column <= columns; column++) {
    const row = rowOf[column] as number;
    if (row > 0) result[row - 1] = column - 1;
  }
  return result;
};

const transposed = (costs: readonly (readonly number[])[], columns: number): number[] => {
  const flipped = Array.from({ length: columns }, (_, column) => costs.map((row) => row[column] as number));
  const result = costs.map(() => -1);
  for (const [column, row] of assign(flipped).entries()) result[row] = column;
  return result;
};

interface Assignment {
  readonly rowPotential: Float64Array;
  readonly columnPotential: Float64Array;
  /** The row of each column; 0 for none. */
  readonly rowOf: Int32Array;
}

/** Finds the cheapest way to give the row of column 0 a column of its own, moving others where that is cheaper. */
const augment = (
  costs: readonly (readonly number[])[],
  { rowPotential, columnPotential, rowOf }: Assignment,
): void => {
  const columns = rowOf.length;
  const least = new Float64Array(columns).fill(Infinity);
  const cameFrom = new Int32Array(columns);
  const visited = new Uint8Array(columns);
  let column = 0;
  while (rowOf[column] !== 0) {
    visited[column] = 1;
    const row = rowOf[column] as number;
    let step = Infinity;
    let next = 0;
    for (let other = 1; other < columns; other++) {
      if (visited[other] === 1) continue;
      const cost = costs[row - 1]?.[other - 1] as number;
      const reduced = cost - (rowPotential[row] as number) - (columnPotential[other] as number);
      if (reduced < (least[other] as number)) {
        least[other] = reduced;
        cameFrom[other] = column;
      }
      if ((least[other] as number) < step) {
        step = least[other] as number;
        next = other;
      }
    }
    for (let other = 0; other < columns; other++) {
      if (visited[other] === 1) {
        const visitedRow = rowOf[other] as number;
        rowPotential[visitedRow] = (rowPotential[visitedRow] as number) + step;
        columnPotential[other] = (columnPotential[other] as number) - step;
      } else {
        least[other] = (least[other] as number) - step;
      }
    }
    column = next;
  }
  while (column !== 0) {
    const before = cameFrom[column] as number;
    rowOf[column] = rowOf[before] as number;
    column = before;
  }
};
