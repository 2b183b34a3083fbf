import { layerConverters } from '../layers/registry.ts';
import { opConverters } from '../ops/registry.ts';
import { UNCONVERTED_LAYERS, UNCONVERTED_OPS } from './not-converted.ts';
import { LAYER_NOTES, OP_NOTES } from './op-notes.ts';

/** What one operation or layer becomes. */
interface Note {
  readonly name: string;
  readonly form: string;
  readonly limits: string;
}

const parseLine = (line: string): readonly Note[] => {
  const at = line.indexOf(': ');
  if (at < 0) return line.split(' ').map((name) => ({ name, form: name, limits: '' }));
  const [form = '', ...limits] = line.slice(at + 2).split('; ');
  return [{ name: line.slice(0, at), form, limits: limits.join('; ') }];
};

const byName = (one: { name: string }, other: { name: string }): number =>
  one.name.toLowerCase() < other.name.toLowerCase() ? -1 : 1;

/** Reads notes, in the order of the names. */
export const parseNotes = (text: string): readonly Note[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .flatMap(parseLine)
    .sort(byName);

/** What is refused, and why. */
interface Refusal {
  readonly name: string;
  readonly reason: string;
}

/** Reads what is refused, one reason a line, in the order of the names. */
export const parseRefusals = (text: string): readonly Refusal[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .flatMap((line) => {
      const at = line.indexOf(': ');
      const names = line.slice(0, at).split(' ');
      return names.map((name) => ({ name, reason: line.slice(at + 2) }));
    })
    .sort(byName);

/** Operations that are structured into others before anything is converted, or read beforehand. */
export const STRUCTURAL: readonly string[] = [
  'Const',
  'Exit',
  'Merge',
  'NextIteration',
  'Placeholder',
  'Switch',
];

/** Layers that are read as part of others: models, and the cells of recurrent layers. */
export const STRUCTURAL_LAYERS: readonly string[] = [
  'ConvLSTM2DCell',
  'Functional',
  'GRUCell',
  'LSTMCell',
  'Model',
  'Sequential',
  'SimpleRNNCell',
  'StackedRNNCells',
];

const table = (title: string, notes: readonly Note[]): string => {
  const rows = notes.map(({ name, form, limits }) => `| \`${name}\` | ${form} | ${limits} |`);
  return [`| ${title} | ONNX | Limits |`, '| --- | --- | --- |', ...rows].join('\n');
};

const refusals = (title: string, text: string): string => {
  const rows = parseRefusals(text).map(({ name, reason }) => `| \`${name}\` | ${reason} |`);
  return [`| ${title} | Why |`, '| --- | --- |', ...rows].join('\n');
};

const known = (notes: readonly Note[], names: readonly string[]): readonly Note[] =>
  notes.filter(({ name }) => names.includes(name));

/** Writes docs/operators.md: what can be converted, out of the tables that the converter itself uses. */
export const describeOperators = (): string => {
  const ops = known(parseNotes(OP_NOTES), [...Object.keys(opConverters), ...STRUCTURAL]);
  const layers = known(parseNotes(LAYER_NOTES), [...Object.keys(layerConverters), ...STRUCTURAL_LAYERS]);
  return `# What can be converted

This page is written by \`npx nx run export:operators\`; a test holds it against the converter.

Everything here is compared with tfjs itself in \`packages/export/src/ops/*.test.ts\` and \`packages/export/src/layers/*.test.ts\`: shapes, types and values, with all sizes known, with an open batch, and with all sizes open. No two runtimes draw the same random numbers: there, ranges and distributions are compared. "Known" means known before the graph runs: constant, or computed from sizes that are. Whatever depends on constants alone is computed beforehand, by tfjs. Anything else is refused, all of it at once, naming nodes and reasons; \`tfjs-to-onnx inspect model.json\` lists them.

Inputs and outputs keep names, order, types and layout of the model. tfjs computes with float32, int32 and bool; so does the graph, apart from sizes and places, which ONNX wants in int64.

## ${ops.length} operations of GraphModels

${table('Operation', ops)}

## ${layers.length} layers of LayersModels

${table('Layer', layers)}

## Not converted

Together with the tables above these are all operations that tfjs-converter knows, and all layers that tfjs-layers has.

${refusals('Operation', UNCONVERTED_OPS)}

${refusals('Layer', UNCONVERTED_LAYERS)}
`;
};
