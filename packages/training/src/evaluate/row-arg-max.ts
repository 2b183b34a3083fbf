/**
 * Finds the largest entry of each row: the predicted class of probabilities, the true class of a soft target.
 *
 * @param rows row-major, `[rows, columns]`.
 * @returns column numbers, `[rows]`; the first one on ties.
 */
export const rowArgMax = (rows: Float32Array, columns: number): Int32Array => {
  const result = new Int32Array(rows.length / columns);
  for (let row = 0; row < result.length; row++) {
    let best = 0;
    for (let column = 1; column < columns; column++) {
      if ((rows[row * columns + column] as number) > (rows[row * columns + best] as number)) best = column;
    }
    result[row] = best;
  }
  return result;
};
