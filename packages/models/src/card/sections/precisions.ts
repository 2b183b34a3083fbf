import type { MeasuredPrecision } from '@mien/contract';
import type { FileHash } from '../../hashes/graph-hashes.ts';
import { megabytes, percent, score, whole } from '../format-figures.ts';
import { markdownTable } from '../markdown-table.ts';

const measuredTable = (measured: readonly MeasuredPrecision[]): string => {
  const others = [...new Set(measured.flatMap(({ otherHeads = {} }) => Object.keys(otherHeads)))];
  const right = (title: string) => ({ title, align: 'right' }) as const;
  return markdownTable(
    [
      { title: 'Precision' },
      right('Size'),
      right('Accuracy'),
      right('Macro-F1'),
      right('ECE'),
      ...others.map((output) => right(`Accuracy of ${output}`)),
      { title: 'Measured on' },
    ],
    measured.map((one) => [
      one.precision,
      megabytes(one.bytes),
      percent(one.accuracy),
      score(one.macroF1),
      score(one.ece),
      ...others.map((output) => {
        const accuracy = one.otherHeads?.[output];
        return accuracy === undefined ? '' : percent(accuracy);
      }),
      `${whole(one.samples)} ${one.split} faces of ${one.dataset} (${one.protocol})`,
    ]),
  );
};

/** The graphs that are made of the model: how they compare, and their hashes. */
export const precisionsSection = (
  measured: readonly MeasuredPrecision[],
  hashes: readonly FileHash[],
): string[] => [
  '## Files',
  ...(measured.length === 0 ? [] : [measuredTable(measured)]),
  '`npx nx run models:onnx` makes them out of the weights in this folder, byte for byte the same everywhere:',
  markdownTable(
    [{ title: 'File' }, { title: 'SHA-256' }],
    hashes.map(({ file, sha256 }) => [`\`${file}\``, `\`${sha256}\``]),
  ),
];
