import { describeError } from '@mien/contract';
import type { Recognizer } from '@mien/infer-node';
import type { RecognizeFlags } from '../commands/recognize-flags.ts';
import { EXIT } from '../exit-codes.ts';
import { expandInputs } from '../inputs/expand-inputs.ts';
import type { Input, Missing } from '../inputs/input.ts';
import { readStdin } from '../inputs/read-stdin.ts';
import { Screen } from '../terminal/screen.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { givenFields } from './given-fields.ts';
import { openOutputs } from './open-outputs.ts';
import { defaultWorkers, describeRecognizer, openRecognizer } from './open-recognizer.ts';
import { planOutputs, type OutputPlan } from './output-plan.ts';
import { Progress } from './progress.ts';
import type { Failure } from './result.ts';
import { runInputs, type Run } from './run-inputs.ts';
import { summaryLine } from './summary-line.ts';
import { Tally } from './tally.ts';

/** How `recognize` was called. */
export interface RecognizeCall {
  readonly args: readonly string[];
  readonly flags: RecognizeFlags;
  readonly terminal: Terminal;
  /** Stops the run. */
  readonly signal: AbortSignal;
}

/** A call whose inputs are known. */
interface Prepared extends RecognizeCall {
  readonly plan: OutputPlan;
  readonly screen: Screen;
  readonly inputs: readonly (Input | Missing)[];
}

/** The side of a face in the page, in pixels. */
const PAGE_CROP_PX = 112;

const isInput = (input: Input | Missing): input is Input => input.kind !== 'missing';

/** One line for people: what went wrong, and with which input where the error itself does not say. */
const failureLine = ({ name, error }: Failure, flags: RecognizeFlags): string => {
  const text = describeError(error, { verbose: flags.verbose === true });
  return text.includes(name) ? text : `${name}: ${text}`;
};

const cropOptions = (flags: RecognizeFlags, plan: OutputPlan): { readonly cropPx?: number } => {
  if (plan.crop !== undefined) return { cropPx: flags.cropSize };
  return plan.html === undefined ? {} : { cropPx: PAGE_CROP_PX };
};

const toRun = (prepared: Prepared, parts: Pick<Run, 'recognizer' | 'outputs' | 'tally'>): Run => {
  const { flags, plan, screen, inputs, signal } = prepared;
  const progress = new Progress({ screen, total: inputs.length });
  const crops = cropOptions(flags, plan);
  return {
    ...parts,
    signal,
    pictureOptions: crops,
    videoOptions: { ...crops, ...givenFields({ fps: flags.fps, smoothingMs: flags.smoothing }) },
    onFailure: (failure) => screen.note(failureLine(failure, flags)),
    onInput: (name) => progress.inputDone(name),
    onFrame: (name, timeMs) => progress.frameDone(name, timeMs),
  };
};

const readInputs = async (prepared: Prepared, recognizer: Recognizer): Promise<number> => {
  const { flags, screen, inputs } = prepared;
  const started = performance.now();
  const tally = new Tally();
  const outputs = await openOutputs({ ...prepared, inputs: inputs.filter(isInput), recognizer });
  try {
    await runInputs(toRun(prepared, { recognizer, outputs, tally }), inputs);
    const summary = tally.summary((performance.now() - started) / 1000);
    for (const output of outputs) await output.end(summary);
    screen.clearProgress();
    if (flags.quiet !== true) screen.note(summaryLine(summary));
  } catch (error) {
    screen.clearProgress();
    for (const output of outputs) await output.discard();
    throw error;
  }
  if (tally.failed > 0) return EXIT.failed;
  return flags.requireFace === true && tally.faces === 0 ? EXIT.noFace : EXIT.ok;
};

const loadAndRead = async (prepared: Prepared): Promise<number> => {
  const { flags, terminal, screen, inputs, signal } = prepared;
  const readable = inputs.filter(isInput);
  if (readable.length === 0) {
    for (const input of inputs) if ('error' in input) screen.note(failureLine(input, flags));
    return EXIT.failed;
  }
  const workers = flags.workers ?? defaultWorkers(readable.length, flags.device);
  const started = performance.now();
  await using recognizer = await openRecognizer(flags, workers, terminal.cwd);
  if (recognizer.device.note !== undefined && flags.quiet !== true)
    screen.note(`Device: ${recognizer.device.note}`);
  if (flags.verbose === true) {
    for (const line of describeRecognizer(recognizer, terminal.cwd)) screen.note(line);
    screen.note(`Loaded  in ${((performance.now() - started) / 1000).toFixed(2)} s, ${workers} at once`);
  }
  signal.throwIfAborted();
  return await readInputs(prepared, recognizer);
};

/**
 * Reads everything that a command line names and writes what it asks for.
 *
 * @returns the exit code.
 * @throws {UnwritableOutputError} when a result cannot be written as a whole.
 * @throws {UnusableStdinError} when `-` is among the arguments and brings nothing to read.
 * @throws the signal's reason once it is aborted, and what `createRecognizer` throws.
 */
export const recognizeInputs = async (call: RecognizeCall): Promise<number> => {
  const { args, flags, terminal } = call;
  const plan = planOutputs(flags, terminal.cwd);
  const screen = new Screen({ terminal, showsProgress: flags.quiet !== true });
  await using stdin = args.includes('-') ? await readStdin(terminal.stdin) : undefined;
  const inputs = await expandInputs(args, {
    cwd: terminal.cwd,
    recursive: flags.recursive,
    outputFolders: [plan.annotate, plan.crop].filter((folder) => folder !== undefined),
    stdin,
  });
  return await loadAndRead({ ...call, plan, screen, inputs });
};
