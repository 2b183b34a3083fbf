import { MienError } from '@mien/contract';
import { join } from 'node:path';
import { convertModel, type ConvertedModel } from '../convert-model.ts';
import type { ConvertParams } from '../convert.ts';
import { readModelFile } from '../files/read-model-file.ts';
import { writeWhole } from '../files/write-whole.ts';
import { countOps } from '../graph/graph.ts';
import { constantBytes } from '../write/graph-size.ts';
import { parseGraphModel } from '../graph-model/parse-graph-model.ts';
import { formatShape } from '../graph/shape.ts';
import { formatActivationRanges } from '../precision/activation-ranges.ts';
import type { ConvertOptions } from './convert-options.ts';
import { checkPrecisionOptions, convertPrecisions } from './convert-precisions.ts';
import { conversionReport } from './conversion-report.ts';
import { describeCalibration, describeFloat32Nodes } from './describe-precisions.ts';
import { layoutOf } from './input-settings.ts';
import { destinationsOf, publishGraphs, type Published, type WrittenGraph } from './write-graphs.ts';
import { print } from './run-command.ts';
import { verifyFiles } from './verify-files.ts';

const describeGraph = ({ graph, nodes, nodesBefore }: ConvertedModel): void => {
  for (const { name, value } of graph.inputs)
    print(`  in  ${name}: ${value.dtype} ${formatShape(value.shape)}`);
  for (const { name, value } of graph.outputs)
    print(`  out ${name}: ${value.dtype} ${formatShape(value.shape)}`);
  const ops = [...countOps(graph)].map(([op, count]) => `${count} ${op}`).join(', ');
  print(`Graph: ${nodes} nodes (${nodesBefore} before optimising): ${ops}`);
};

/** Says why there is a second file that nobody asked for. */
const describeOverflow = ({ dataFile, file, graph }: WrittenGraph): string =>
  `${file} keeps its ${(constantBytes(graph) / 1e9).toFixed(2)} GB of weights in ${dataFile} beside it: an ONNX file ends at 2 GiB.`;

const describeFile = (
  folder: string,
  { file, bytes, dataFile }: WrittenGraph,
  opset: number,
  seconds: number,
): string => {
  const size = `${(bytes / 1e6).toFixed(2)} MB${dataFile === undefined ? '' : ` with ${dataFile}`}`;
  return `Wrote ${join(folder, file)} (${size}, opset ${opset}) in ${seconds.toFixed(1)} s.`;
};

/** A shape for an input that the model does not have. */
export class UnknownInputError extends MienError {
  override readonly name = 'UnknownInputError';
  constructor(
    readonly input: string,
    readonly inputs: readonly string[],
  ) {
    super(`--shape speaks of "${input}", and the model has no such input. It has ${inputs.join(', ')}.`);
  }
}

/** GraphModels know inputs by the names of their nodes, too. */
const assertKnownInputs = (
  { modelJson, inputShapes = {} }: ConvertParams,
  { graph, kind }: ConvertedModel,
): void => {
  const names = graph.inputs.map(({ name }) => name);
  const nodes = kind === 'graph-model' ? parseGraphModel(modelJson).nodes : new Map<string, unknown>();
  const unknown = Object.keys(inputShapes).find((name) => !names.includes(name) && !nodes.has(name));
  if (unknown !== undefined) throw new UnknownInputError(unknown, names);
};

const readAndConvert = async (
  model: string,
  options: ConvertOptions,
): Promise<{ files: ConvertParams; converted: ConvertedModel }> => {
  print(`Converting ${model}`);
  const files = { ...(await readModelFile(model)), inputShapes: options.shape };
  const converted = await convertModel({ ...files, imageLayout: layoutOf(options) });
  assertKnownInputs(files, converted);
  describeGraph(converted);
  return { files, converted };
};

/**
 * Converts a file, proves the result where asked to, and only then puts it in place.
 *
 * @throws {MienError} saying what is wrong with the model, the pictures or the output; nothing is written then.
 */
export const convertFile = async (model: string, options: ConvertOptions): Promise<void> => {
  checkPrecisionOptions(options);
  const started = performance.now();
  const { files, converted } = await readAndConvert(model, options);
  const destinations = await destinationsOf(model, converted.graph, options);
  const precise = await convertPrecisions(converted.graph, options);
  const { graphs, ranges, calibration } = precise;
  for (const line of graphs.flatMap(describeFloat32Nodes)) print(line);
  if (calibration !== undefined) for (const line of describeCalibration(calibration, 'numbers')) print(line);
  let seconds = 0;
  const published = await publishGraphs(destinations, graphs, async (written) => {
    seconds = (performance.now() - started) / 1000;
    const proof = await verifyFiles({ files, converted, precise, written }, options);
    if (options.report === undefined) return;
    const report = conversionReport({ model, converted, precise, written, seconds, proof }, options);
    await writeWhole(options.report, `${JSON.stringify(report, null, 2)}\n`);
  });
  const { written } = published[0] as Published;
  if (options.externalData === undefined) {
    for (const graph of written) if (graph.dataFile !== undefined) print(describeOverflow(graph));
  }
  for (const { folder, written } of published) {
    for (const graph of written) print(describeFile(folder, graph, options.opset, seconds));
  }
  if (options.ranges !== undefined && calibration !== undefined && ranges !== undefined) {
    await writeWhole(options.ranges, formatActivationRanges(ranges));
    print(`Wrote ${options.ranges}: with it, the same int8 graph can be made without the pictures.`);
  }
};
