import type { Calibration } from '../precision/calibrate-graph.ts';
import { worstMean, type OutputDifference } from '../precision/compare-outputs.ts';
import type { Measurement } from '../precision/measure-precisions.ts';
import type { Float32Node } from '../precision/precise-graph.ts';
import type { MadePrecision } from '../folder/make-precisions.ts';

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

const differenceCells = (differences: readonly OutputDifference[]): string[] => [
  worstMean(differences).toExponential(1),
  Math.max(...differences.map(({ max }) => max)).toExponential(1),
  percent(Math.min(...differences.map(({ labelAgreement }) => labelAgreement))),
];

const measurementRow = ({ onnx, graph }: MadePrecision, measurement: Measurement): string[] => {
  const { precision, differences, latencyMs, timesFaster, scores } = measurement;
  return [
    precision,
    (onnx.byteLength / 1e6).toFixed(2),
    String(graph.nodes.length),
    ...(precision === 'fp32' ? ['', '', ''] : differenceCells(differences)),
    latencyMs.toFixed(2),
    `${timesFaster.toFixed(2)}×`,
    ...(scores === undefined ? [] : [percent(scores.accuracy), percent(scores.macroF1), percent(scores.ece)]),
  ];
};

/**
 * Sets what graphs of several precisions cost and are worth in a table.
 *
 * @param comparedOn what the images were, in words.
 * @returns lines.
 */
export const describeMeasurements = (
  graphs: readonly MadePrecision[],
  measurements: readonly Measurement[],
  comparedOn: string,
): string[] => {
  const scores = measurements[0]?.scores;
  const head = ['', 'MB', 'nodes', 'mean |Δp|', 'max |Δp|', 'same label', 'ms', 'speed'];
  const rows = graphs.map((made, index) => measurementRow(made, measurements[index] as Measurement));
  const outputs = measurements[0]?.differences.length ?? 1;
  return [
    ...setInColumns([[...head, ...(scores === undefined ? [] : ['accuracy', 'macro-F1', 'ECE'])], ...rows]),
    `  Δp: a probability less fp32's${outputs > 1 ? ', in the output that differs most' : ''}; on ${comparedOn}.`,
    '  ms: one image, onnxruntime, one CPU thread, the fastest of 40 runs in turns.',
    ...(scores === undefined ? [] : [`  Scored: output "${scores.output}", ${scores.samples} faces.`]),
  ];
};

/** Says which nodes stay in float32, and why. */
export const describeFloat32Nodes = ({ precision, inFloat32, weightLosses }: MadePrecision): string[] => {
  const byReason = new Map<string, string[]>();
  for (const { node, reason } of inFloat32 satisfies readonly Float32Node[]) {
    byReason.set(reason, [...(byReason.get(reason) ?? []), node]);
  }
  const kept = Array.from(byReason, ([reason, nodes]) => `${nodes.join(', ')} (${reason})`);
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
): string[] => {
  const head = ['', 'mean |Δp|', 'max |Δp|', 'same label'];
  return setInColumns(
    [head].concat(rows.map(({ name, differences }) => [name].concat(differenceCells(differences)))),
  );
};

/** Says how int8's ranges were chosen, and what leaving layers in float wins. */
export const describeCalibration = ({ methods, rounds, ranges }: Calibration): string[] => [
  'Ranges, by their error on the images held out:',
  ...differenceTable(methods.map(({ method, differences }) => ({ name: method, differences }))),
  'With one layer in float, the best of all:',
  ...differenceTable(
    (rounds[0] ?? []).slice(0, SHOWN_LAYERS).map(({ node, differences }) => ({ name: node, differences })),
  ),
  ranges.inFloat.length === 0
    ? 'All layers stay in int8: the error target is met, or none may or would help.'
    : `Kept in float: ${ranges.inFloat.join(', ')}`,
];
