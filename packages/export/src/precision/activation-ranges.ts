import { MienError } from '@mien/contract';
import type { Graph, GraphNode } from '../graph/graph.ts';
import { isRecord } from '../read/is-record.ts';
import type { Extremes } from './observe-values.ts';
import { valueNames } from './value-names.ts';

/** What calibration found: enough to make the same 8-bit graph again without the images. */
export interface ActivationRanges {
  readonly schemaVersion: 1;
  /** How the ranges were chosen, see {@link RANGE_METHODS}. */
  readonly method: string;
  /** How many images they were chosen on. */
  readonly images: number;
  /** Names of the nodes that keep computing in float. */
  readonly inFloat: readonly string[];
  /** Between which numbers each value lies, by its name in the graph; null for one without bounds, which stays in float. */
  readonly ranges: Readonly<Record<string, readonly [number, number] | null>>;
}

/** A file that does not hold activation ranges. */
export class InvalidRangesError extends MienError {
  override readonly name = 'InvalidRangesError';
  constructor(
    readonly path: string,
    readonly problem: string,
    options?: ErrorOptions,
  ) {
    super(
      `${path} does not hold activation ranges: ${problem}. Make it again with --calibrate and a folder of pictures.`,
      options,
    );
  }
}

/** Ranges of another graph. */
export class RangesMismatchError extends MienError {
  override readonly name = 'RangesMismatchError';
  constructor(
    readonly unknown: readonly string[],
    readonly missing: readonly string[],
  ) {
    const parts = [
      ...(unknown.length === 0
        ? []
        : [`${unknown.length} of them name no value of it, e.g. "${unknown[0]}"`]),
      ...(missing.length === 0 ? [] : [`it has ${missing.length} values without one, e.g. "${missing[0]}"`]),
    ];
    super(
      `The activation ranges do not belong to this graph: ${parts.join(', and ')}. ` +
        'Make them again with --calibrate and a folder of pictures.',
    );
  }
}

const isRange = (range: unknown): boolean =>
  range === null ||
  (Array.isArray(range) &&
    range.length === 2 &&
    range.every((end) => typeof end === 'number' && Number.isFinite(end)) &&
    range[0] <= range[1]);

const isText = (text: unknown): text is string => typeof text === 'string';

const problemOf = (json: unknown): string | undefined => {
  if (!isRecord(json)) return 'it is not an object';
  if (json['schemaVersion'] !== 1)
    return `its schemaVersion is ${JSON.stringify(json['schemaVersion'])}, not 1`;
  const { method, images, inFloat, ranges } = json;
  if (!isText(method) || !Number.isInteger(images)) return 'method or images is missing';
  if (!Array.isArray(inFloat) || !inFloat.every(isText)) return 'inFloat is no list of names';
  if (!isRecord(ranges)) return 'ranges is missing';
  const wrong = Object.entries(ranges).find(([, range]) => !isRange(range));
  return wrong === undefined ? undefined : `the range of "${wrong[0]}" is ${JSON.stringify(wrong[1])}`;
};

/**
 * Reads saved ranges.
 *
 * @param path what errors call the file.
 * @throws {InvalidRangesError} when the text is something else.
 */
export const parseActivationRanges = (text: string, path: string): ActivationRanges => {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new InvalidRangesError(path, 'it is not JSON', { cause: error });
  }
  const problem = problemOf(json);
  if (problem !== undefined) throw new InvalidRangesError(path, problem);
  return json as ActivationRanges;
};

/** Writes ranges as text, one value a line, so that a change shows in a diff. */
export const formatActivationRanges = ({ ranges, ...rest }: ActivationRanges): string => {
  const lines = Object.entries(ranges).map(
    ([name, range]) => `    ${JSON.stringify(name)}: ${range === null ? 'null' : `[${range.join(', ')}]`}`,
  );
  const head = JSON.stringify(rest, null, 2).replace(/\n\}$/u, '');
  return `${head},\n  "ranges": {\n${lines.join(',\n')}\n  }\n}\n`;
};

/** Rounds ranges to what a file of them holds, so that they mean the same before and after. */
export const toRanges = (extremes: Extremes): ActivationRanges['ranges'] =>
  Object.fromEntries(
    Array.from(extremes, ([name, { min, max }]) => {
      const isBounded = Number.isFinite(min) && Number.isFinite(max);
      return [name, isBounded ? ([Number(min.toPrecision(7)), Number(max.toPrecision(7))] as const) : null];
    }),
  );

/** What saved ranges say of a graph. */
export interface FittedRanges {
  readonly extremes: Extremes;
  readonly inFloat: ReadonlySet<GraphNode>;
}

/**
 * Finds the values and nodes that ranges speak of.
 *
 * @throws {RangesMismatchError} when a name is not of this graph, or a value of it has no range.
 */
export const fitRanges = (graph: Graph, { ranges, inFloat }: ActivationRanges): FittedRanges => {
  const { ofValue, ofNode } = valueNames(graph);
  const made = graph.nodes.map(({ output }) => output).filter(({ dtype }) => dtype === 'float32');
  const wanted = [...graph.inputs.map(({ value }) => value), ...made].map(
    (value) => ofValue.get(value) as string,
  );
  const known = new Set(wanted);
  const nodes = new Map(Array.from(ofNode, ([node, name]) => [name, node]));
  const unknown = [
    ...Object.keys(ranges).filter((name) => !known.has(name)),
    ...inFloat.filter((name) => !nodes.has(name)),
  ];
  const missing = wanted.filter((name) => !Object.hasOwn(ranges, name));
  if (unknown.length > 0 || missing.length > 0) throw new RangesMismatchError(unknown, missing);
  return {
    extremes: new Map(
      Object.entries(ranges).flatMap(([name, range]) =>
        range === null ? [] : [[name, { min: range[0], max: range[1] }] as const],
      ),
    ),
    inFloat: new Set(inFloat.map((name) => nodes.get(name) as GraphNode)),
  };
};
