import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { convertModel, type ConvertedModel } from '../convert-model.ts';
import { ModelFileError, readModelFile } from '../files/read-model-file.ts';
import { countOps } from '../graph/graph.ts';
import type { InputShapes } from '../graph-model/declare-inputs.ts';
import { formatShape } from '../graph/shape.ts';
import { optimizeGraph } from '../passes/optimize-graph.ts';
import { RELATIVE_TOLERANCE, verifyModel, type ModelAgreement } from '../verify/verify-model.ts';
import { writeOnnx } from '../write/write-onnx.ts';
import { convert, type ConvertParams } from '../convert.ts';
import { print } from './run-command.ts';

/** What the command line says. */
export interface ConvertOptions {
  readonly out: string;
  readonly opset: number;
  readonly channelsFirst: boolean;
  readonly shape: InputShapes;
  readonly verify: boolean;
  readonly report?: string;
  readonly verbose: boolean;
}

/** Writes a file beside its place and moves it there, so that nothing half-written is ever found. */
const publish = async (path: string, content: Uint8Array | string): Promise<void> => {
  const unfinished = join(dirname(path), `.${basename(path)}.unfinished`);
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(unfinished, content);
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => undefined);
    const { code } = error as NodeJS.ErrnoException;
    throw new ModelFileError(path, `cannot be written (${code}); check its rights and the space left`, {
      cause: error,
    });
  }
};

const largest = ({ outputs }: ModelAgreement): number =>
  Math.max(0, ...outputs.map(({ difference }) => difference));

/** Compares with images as the model has them: turning them is all that another layout changes. */
const verify = async (
  files: ConvertParams,
  converted: ConvertedModel,
  options: ConvertOptions,
): Promise<readonly ModelAgreement[]> => {
  print(
    `Running the graph and tfjs on random inputs (allowed: ${RELATIVE_TOLERANCE.toExponential(0)} of the largest value):`,
  );
  const graph = options.channelsFirst ? optimizeGraph(await convert(files)) : converted.graph;
  const onnx = writeOnnx(graph, {}, options.opset);
  return verifyModel({
    files,
    graph,
    onnx,
    report: (agreement) =>
      print(
        `  batch ${agreement.batch}: ${largest(agreement).toExponential(2)} over ${agreement.outputs.length} outputs`,
      ),
  });
};

const portsOf = (values: ConvertedModel['graph']['inputs']) =>
  values.map(({ name, value }) => ({ name, dtype: value.dtype, shape: value.shape }));

const reportOf = (
  model: string,
  converted: ConvertedModel,
  bytes: number,
  seconds: number,
  agreements: readonly ModelAgreement[],
  options: ConvertOptions,
): string => {
  const { graph, kind, nodesBefore, nodes, parameters } = converted;
  const report = {
    model,
    kind,
    file: options.out,
    bytes,
    opset: options.opset,
    parameters,
    inputs: portsOf(graph.inputs),
    outputs: portsOf(graph.outputs),
    nodesBefore,
    nodes,
    ops: Object.fromEntries(countOps(graph)),
    seconds: Number(seconds.toFixed(2)),
    verification: options.verify ? { tolerance: RELATIVE_TOLERANCE, batches: agreements } : null,
  };
  return `${JSON.stringify(report, null, 2)}\n`;
};

/**
 * Converts a file, proves the result where asked to, and only then writes it.
 *
 * @throws {MienError} saying what is wrong with the model or the output; nothing is written then.
 */
export const convertFile = async (model: string, options: ConvertOptions): Promise<void> => {
  const started = performance.now();
  print(`Converting ${model}`);
  const files = { ...(await readModelFile(model)), inputShapes: options.shape };
  const imageLayout = options.channelsFirst ? 'channels-first' : 'channels-last';
  const converted = await convertModel({ ...files, imageLayout });
  const { graph, nodes, nodesBefore } = converted;
  for (const [title, values] of [
    ['in ', graph.inputs],
    ['out', graph.outputs],
  ] as const) {
    for (const { name, value } of values)
      print(`  ${title} ${name}: ${value.dtype} ${formatShape(value.shape)}`);
  }
  const ops = [...countOps(graph)].map(([op, count]) => `${count} ${op}`).join(', ');
  print(`Graph: ${nodes} nodes (${nodesBefore} before optimising): ${ops}`);
  const onnx = writeOnnx(graph, {}, options.opset);
  const seconds = (performance.now() - started) / 1000;
  const agreements = options.verify ? await verify(files, converted, options) : [];
  await publish(options.out, onnx);
  if (options.report !== undefined) {
    await publish(options.report, reportOf(model, converted, onnx.byteLength, seconds, agreements, options));
  }
  print(
    `Wrote ${options.out} (${(onnx.byteLength / 1e6).toFixed(2)} MB, opset ${options.opset}) in ${seconds.toFixed(1)} s.`,
  );
};
