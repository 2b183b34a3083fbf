/** One result of a node. */
export interface Reference {
  readonly node: string;
  readonly output: number;
}

/** Where results start that functions name, by operator; all others have one group of results. */
const OUTPUT_PLACES: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  ListDiff: { idx: 1 },
  NonMaxSuppressionV4: { valid_outputs: 1 },
  NonMaxSuppressionV5: { selected_scores: 1, valid_outputs: 2 },
  MaxPoolWithArgmax: { argmax: 1 },
  SparseFillEmptyRows: { output_values: 1, empty_row_indicator: 2, reverse_index_map: 3 },
  SparseReshape: { output_shape: 1 },
  Switch: { output_true: 1 },
  TensorArrayV3: { flow: 1 },
  TopKV2: { indices: 1 },
  Unique: { idx: 1 },
  UniqueV2: { idx: 1 },
};

/**
 * Reads a node's input: `node`, `node:1`, or, inside functions, `node:indices:0`.
 *
 * @param opOf the operator of a node, for results that are given by name.
 */
export const parseReference = (text: string, opOf: (node: string) => string | undefined): Reference => {
  const [node = '', ...rest] = text.split(':');
  const index = Number(rest.at(-1) ?? 0);
  const start = rest.length < 2 ? 0 : (OUTPUT_PLACES[opOf(node) ?? '']?.[rest[0] ?? ''] ?? 0);
  return { node, output: start + (Number.isInteger(index) ? index : 0) };
};

/** True for inputs that only say what has to run before, which means nothing to a graph without side effects. */
export const isControlInput = (text: string): boolean => text.startsWith('^');
