import { MienError } from '@mien/contract';

/** A dataset with classes that the model does not know. */
export class UnknownLabelsError extends MienError {
  override readonly name = 'UnknownLabelsError';
  constructor(
    readonly unknown: readonly string[],
    readonly known: readonly string[],
  ) {
    super(
      `The data has the classes ${unknown.join(', ')}, which the model does not know; it knows ${known.join(', ')}. ` +
        `Name the classes of the data alike, or choose data (--data, --votes) of the kind that the model was trained on.`,
    );
  }
}

/**
 * Puts the columns of class distributions into the order of a model's outputs. A class of the model that the data
 * lacks gets 0 throughout.
 *
 * @param targets `[samples, from.length]`.
 * @param from the classes of the data, in the order of the columns.
 * @param to the classes of the model.
 * @returns `[samples, to.length]`; `targets` itself where the order is the same already.
 * @throws {UnknownLabelsError} when the data has a class that the model lacks.
 */
export const alignTargets = (
  targets: Float32Array,
  from: readonly string[],
  to: readonly string[],
): Float32Array => {
  const unknown = from.filter((label) => !to.includes(label));
  if (unknown.length > 0) throw new UnknownLabelsError(unknown, to);
  if (from.length === to.length && from.every((label, column) => label === to[column])) return targets;
  const samples = targets.length / from.length;
  const aligned = new Float32Array(samples * to.length);
  for (const [column, label] of from.entries()) {
    const place = to.indexOf(label);
    for (let sample = 0; sample < samples; sample++)
      aligned[sample * to.length + place] = targets[sample * from.length + column] as number;
  }
  return aligned;
};
