import type { Recognizer } from '@mien/infer-node';
import type { RecognizeFlags } from '../commands/recognize-flags.ts';
import type { Input } from '../inputs/input.ts';
import { annotateOutput } from '../outputs/annotate-output.ts';
import { cropsOutput } from '../outputs/crops-output.ts';
import { csvOutput } from '../outputs/csv/csv-output.ts';
import { htmlOutput } from '../outputs/html/html-output.ts';
import { jsonLinesOutput } from '../outputs/json/json-lines-output.ts';
import { jsonOutput } from '../outputs/json/json-output.ts';
import { modelRecord } from '../outputs/json/records.ts';
import type { Output } from '../outputs/output.ts';
import { ResultFiles } from '../outputs/result-files.ts';
import { layOutTable } from '../outputs/table/table-layout.ts';
import { tableOutput } from '../outputs/table/table-output.ts';
import { screenSink, type TextSink } from '../outputs/text-sink.ts';
import type { Screen } from '../terminal/screen.ts';
import { createStyle } from '../terminal/style.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { formatCount } from '../terminal/format-figures.ts';
import { textWidth } from '../terminal/text-width.ts';
import { labelColours } from '../words/label-colours.ts';
import type { OutputPlan, PrintFormat } from './output-plan.ts';

/** What outputs are made from. */
export interface OutputSetting {
  readonly plan: OutputPlan;
  readonly flags: Pick<RecognizeFlags, 'cropLayout' | 'ffmpeg' | 'quiet'>;
  readonly inputs: readonly Input[];
  readonly recognizer: Pick<Recognizer, 'model' | 'card' | 'device'>;
  readonly terminal: Terminal;
  readonly screen: Screen;
  readonly signal: AbortSignal;
}

const openTable = (setting: OutputSetting, sink: TextSink, isPrinted: boolean): Output => {
  const { terminal, inputs, recognizer } = setting;
  const isTerminal = isPrinted && terminal.stdout.isTTY === true;
  return tableOutput({
    sink,
    style: createStyle(isTerminal && terminal.allowsColour),
    layout: layOutTable({
      columns: isTerminal ? (terminal.stdout.columns ?? 80) : undefined,
      longestName: Math.max(0, ...inputs.map(({ name }) => textWidth(name))),
      labels: recognizer.card.labels,
    }),
  });
};

const openPrint = async (
  setting: OutputSetting,
  files: ResultFiles,
  { format, file }: { readonly format: PrintFormat; readonly file: string | undefined },
): Promise<Output> => {
  const { recognizer, screen } = setting;
  const sink = file === undefined ? screenSink(screen) : await files.grow(file);
  const { labels } = recognizer.card;
  const outputs: Record<PrintFormat, () => Output> = {
    json: () => jsonOutput({ sink, model: modelRecord(recognizer) }),
    jsonl: () => jsonLinesOutput({ sink, model: modelRecord(recognizer) }),
    csv: () => csvOutput({ sink, labels }),
    table: () => openTable(setting, sink, file === undefined),
  };
  return outputs[format]();
};

const openDrawings = async (
  { screen, recognizer }: OutputSetting,
  files: ResultFiles,
  folder: string,
): Promise<Output> => {
  await files.makeFolder(folder);
  return annotateOutput({
    folder,
    files,
    colours: labelColours(recognizer.card.labels),
    onVideo: (name) => screen.note(`${name}: --annotate draws on pictures alone; --html shows videos.`),
  });
};

const openCrops = async (setting: OutputSetting, files: ResultFiles, folder: string): Promise<Output> => {
  const { flags, recognizer, screen } = setting;
  await files.makeFolder(folder);
  return cropsOutput({
    folder,
    files,
    layout: flags.cropLayout,
    labels: recognizer.card.labels,
    onLeftOut: (count) => {
      if (flags.quiet === true) return;
      const faces = formatCount(count, 'unsure face');
      screen.note(`${faces} left out of ${folder}; --crop-layout flat keeps them.`);
    },
  });
};

const openPage = (setting: OutputSetting, files: ResultFiles, file: string): Promise<Output> => {
  const { flags, inputs, recognizer, signal } = setting;
  const { ffmpeg = 'ffmpeg' } = flags;
  const colours = labelColours(recognizer.card.labels);
  return htmlOutput({ file, files, inputs: inputs.length, recognizer, colours, ffmpeg, signal });
};

/**
 * Opens everything that results go to, so that what cannot be written shows before the first picture is read.
 *
 * @throws {UnwritableOutputError} when one of them cannot be; the others are given up then.
 */
export const openOutputs = async (setting: OutputSetting): Promise<readonly Output[]> => {
  const { plan, inputs } = setting;
  const files = new ResultFiles(inputs.flatMap(({ source }) => (typeof source === 'string' ? [source] : [])));
  const opened: Output[] = [];
  try {
    if (plan.annotate !== undefined) opened.push(await openDrawings(setting, files, plan.annotate));
    if (plan.crop !== undefined) opened.push(await openCrops(setting, files, plan.crop));
    if (plan.html !== undefined) opened.push(await openPage(setting, files, plan.html));
    if (plan.print !== undefined) opened.push(await openPrint(setting, files, plan.print));
    return opened;
  } catch (error) {
    for (const output of opened) await output.discard();
    throw error;
  }
};
