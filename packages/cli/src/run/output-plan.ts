import { extname, resolve } from 'node:path';
import type { RecognizeFlags } from '../commands/recognize-flags.ts';

/** As what readings are printed. */
export type PrintFormat = 'table' | 'json' | 'jsonl' | 'csv';

const FORMATS_BY_NAME: Readonly<Record<string, PrintFormat>> = {
  '.json': 'json',
  '.jsonl': 'jsonl',
  '.ndjson': 'jsonl',
  '.csv': 'csv',
};

/** Where results go and as what; paths are absolute. */
export interface OutputPlan {
  /** Nothing is printed where it is undefined. */
  readonly print: { readonly format: PrintFormat; readonly file: string | undefined } | undefined;
  readonly html: string | undefined;
  readonly annotate: string | undefined;
  readonly crop: string | undefined;
}

type OutputFlags = Pick<
  RecognizeFlags,
  'json' | 'jsonl' | 'csv' | 'output' | 'annotate' | 'html' | 'crop' | 'quiet'
>;

const printFormat = ({ json, jsonl, csv, output }: OutputFlags): PrintFormat => {
  if (json === true) return 'json';
  if (jsonl === true) return 'jsonl';
  if (csv === true) return 'csv';
  return FORMATS_BY_NAME[extname(output ?? '').toLowerCase()] ?? 'table';
};

/** Works out where results go: what was asked for by name, and else a table, unless nothing is to be said. */
export const planOutputs = (flags: OutputFlags, cwd: string): OutputPlan => {
  const absolute = (path: string | undefined): string | undefined =>
    path === undefined ? undefined : resolve(cwd, path);
  const format = printFormat(flags);
  const file = absolute(flags.output);
  const isUnwanted = flags.quiet === true && format === 'table' && file === undefined;
  return {
    print: isUnwanted ? undefined : { format, file },
    html: absolute(flags.html),
    annotate: absolute(flags.annotate),
    crop: absolute(flags.crop),
  };
};
