import type { Graph } from '../graph/graph.ts';
import type { Calibration } from '../precision/calibrate-graph.ts';
import { worstMean, type OutputDifference } from '../precision/compare-outputs.ts';
import type { Measurement } from '../precision/measure-precisions.ts';
import type { Float32Node, PreciseGraph } from '../precision/precise-graph.ts';

/** Sets rows of text in columns: the first to the left, the others to the right. */
const setInColumns = (rows: readonly (readonly string[])[]): string[] => {
  const columns = Math.max(...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  const set = (cell: string, column: number): string =>
    column === 0 ? cell.padEnd(widths[column] as number) : cell.padStart(widths[column] as number);
  return rows.map((row) => `  ${row.map(set).join('  ')}`.trimEnd());
};

const percent = (share: number): string => `${(share * 100).toFixed(2)} %`;

/** What the outputs that are compared are. */
export type OutputKind = 'probabilities' | 'numbers';

const differenceHead = (kind: OutputKind): string[] =>
  kind === 'probabilities' ? ['mean |Δp|', 'max |Δp|', 'same label'] : ['mean |Δ|', 'max |Δ|'];

const differenceCells = (differences: readonly OutputDifference[], kind: OutputKind): string[] => [
  worstMean(differences).toExponential(1),
  Math.max(0, ...differences.map(({ max }) => max)).toExponential(1),
  ...(kind === 'probabilities'
    ? [percent(Math.min(...differences.map(({ labelAgreement }) => labelAgreement)))]
    : []),
];

/** A graph in its file. */
export interface SizedGraph {
  readonly graph: Graph;
  readonly bytes: number;
}

const measurementRow = (
  { bytes, graph }: SizedGraph,
  measurement: Measurement,
  kind: OutputKind,
): string[] => {
  const { precision, differences, latencyMs, timesFaster, scores } = measurement;
  return [
    precision,
    (bytes / 1e6).toFixed(2),
    String(graph.nodes.length),
    ...(precision === 'fp32' ? differenceHead(kind).map(() => '') : differenceCells(differences, kind)),
    latencyMs.toFixed(2),
    `${timesFaster.toFixed(2)}×`,
    ...(scores === undefined ? [] : [percent(scores.accuracy), percent(scores.macroF1), percent(scores.ece)]),
  ];
};

const DIFFERENCE: Readonly<Record<OutputKind, string>> = {
  probabilities: "Δp: a probability less fp32's",
  numbers: "Δ: a number less fp32's, as a share of the output's largest where that is above 1",
};

/**
 * Sets what graphs of several precisions cost and are worth in a table.
 *
 * @param comparedOn what the samples were, in words.
 * @returns lines.
 */
export const describeMeasurements = (
  graphs: readonly SizedGraph[],
  measurements: readonly Measurement[],
  { kind, comparedOn }: { readonly kind: OutputKind; readonly comparedOn: string },
): string[] => {
  const scores = measurements[0]?.scores;
  const head = ['', 'MB', 'nodes', ...differenceHead(kind), 'ms', 'speed'];
  const rows = graphs.map((made, index) => measurementRow(made, measurements[index] as Measurement, kind));
  const outputs = measurements[0]?.differences.length ?? 1;
  const note = `${DIFFERENCE[kind]}${outputs > 1 ? ', in the output that differs most' : ''}`;
  return [
    ...setInColumns([[...head, ...(scores === undefined ? [] : ['accuracy', 'macro-F1', 'ECE'])], ...rows]),
    outputs === 0
      ? '  Δ: no output is of floats whose number is always the same, so none can be compared.'
      : `  ${note}; on ${comparedOn}.`,
    '  ms: a single sample, onnxruntime, one CPU thread, the fastest of 40 runs in turns.',
    ...(scores === undefined ? [] : [`  Scored: output "${scores.output}", ${scores.samples} pictures.`]),
  ];
};

/** How many nodes are named before the rest are counted. */
const NAMED_NODES = 6;

const listed = (nodes: readonly string[]): string =>
  nodes.length <= NAMED_NODES
    ? nodes.join(', ')
    : `${nodes.slice(0, NAMED_NODES).join(', ')} and ${nodes.length - NAMED_NODES} more`;

/** Says which nodes stay in float32, and why. */
export const describeFloat32Nodes = ({ precision, inFloat32, weightLosses }: PreciseGraph): string[] => {
  const byReason = new Map<string, string[]>();
  for (const { node, reason } of inFloat32 satisfies readonly Float32Node[]) {
    byReason.set(reason, [...(byReason.get(reason) ?? []), node]);
  }
  const kept = Array.from(byReason, ([reason, nodes]) => `${listed(nodes)} (${reason})`);
  const { subnormal = 0, flushed = 0 } = weightLosses ?? {};
  return [
    ...(kept.length === 0 ? [] : [`${precision} keeps in float32: ${kept.join('; ')}`]),
    ...(subnormal + flushed === 0
      ? []
      : [`${precision}: ${subnormal} weights below 6.1e-5 lose bits, ${flushed} become 0`]),
  ];
};

/** How many of the layers that were tried in float are shown. */
const SHOWN_LAYERS = 5;

const differenceTable = (
  rows: readonly { readonly name: string; readonly differences: readonly OutputDifference[] }[],
  kind: OutputKind,
): string[] =>
  setInColumns([
    ['', ...differenceHead(kind)],
    ...rows.map(({ name, differences }) => [name, ...differenceCells(differences, kind)]),
  ]);

/** Says how int8's ranges were chosen, and what leaving layers in float wins. */
export const describeCalibration = (
  { methods, rounds, ranges, heldOut, trialCount }: Calibration,
  kind: OutputKind,
): string[] => [
  'Ranges, by their error on the images held out:',
  ...differenceTable(
    methods.map(({ method, differences }) => ({ name: method, differences })),
    kind,
  ),
  `With one layer in float${trialCount === heldOut.count ? '' : `, on ${trialCount} of them`}, the best of all:`,
  ...differenceTable(
    (rounds[0] ?? []).slice(0, SHOWN_LAYERS).map(({ node, differences }) => ({ name: node, differences })),
    kind,
  ),
  ranges.inFloat.length === 0
    ? 'All layers stay in int8: the error target is met, or none may or would help.'
    : `Kept in float: ${ranges.inFloat.join(', ')}`,
];
