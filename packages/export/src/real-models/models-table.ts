import * as tf from '@tensorflow/tfjs';
import { convertModel } from '../convert-model.ts';
import { readModelFile } from '../files/read-model-file.ts';
import { countOps } from '../graph/graph.ts';
import { verifyModel } from '../verify/verify-model.ts';
import { writeOnnx } from '../write/write-onnx.ts';
import { HUMAN_MODELS, humanModelPath } from './human-models.ts';
import { measureRuntimes, RUNS, RUNTIMES, startBackends, type Latency } from './measure-runtimes.ts';

const CONVERSION = [
  'Model',
  'Operations',
  'Nodes before',
  'Nodes after',
  'Transposes',
  'Seconds to convert',
  'MB',
  'Largest difference',
];

const LATENCY = ['Model', ...RUNTIMES.map((runtime) => `${runtime}, ms`)];

/** What is found about one model, as cells of the two tables. */
interface Rows {
  readonly conversion: readonly (string | number)[];
  readonly latency: readonly string[];
}

const line = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |\n`;

const milliseconds = (time: number): string => time.toFixed(time < 10 ? 2 : 1);

/** The median and the fastest time, or what is in the way. */
const latencyCell = (latency: Latency | undefined): string => {
  if (latency === undefined) return '';
  if ('problem' in latency) return latency.problem;
  return `${milliseconds(latency.medianMs)} (${milliseconds(latency.fastestMs)})`;
};

const rowsOf = async (name: string): Promise<Rows> => {
  await tf.setBackend('cpu');
  const files = await readModelFile(humanModelPath(name));
  const started = performance.now();
  const { graph, nodes, nodesBefore } = await convertModel(files);
  const onnx = writeOnnx(graph);
  const seconds = (performance.now() - started) / 1000;
  const agreements = await verifyModel({ files, graph, onnx });
  const largest = Math.max(
    ...agreements.flatMap(({ outputs }) => outputs.map(({ difference }) => difference)),
  );
  const { node } = (files.modelJson as { modelTopology: { node: { op: string }[] } }).modelTopology;
  const operations = node.filter(({ op }) => op !== 'Const').length;
  const latencies = await measureRuntimes(files, graph, onnx);
  const label = `\`${name}\``;
  return {
    conversion: [
      label,
      operations,
      nodesBefore,
      nodes,
      countOps(graph).get('Transpose') ?? 0,
      seconds.toFixed(1),
      (onnx.byteLength / 1e6).toFixed(2),
      largest.toExponential(1),
    ],
    latency: [label, ...RUNTIMES.map((runtime) => latencyCell(latencies.get(runtime)))],
  };
};

const printHead = (columns: readonly string[]): void => {
  process.stdout.write(line(columns));
  process.stdout.write(line(columns.map((_, column) => (column === 0 ? '---' : '---:'))));
};

await startBackends();
tf.enableProdMode();
printHead(CONVERSION);
const latencies: (readonly string[])[] = [];
for (const name of HUMAN_MODELS) {
  const { conversion, latency } = await rowsOf(name);
  process.stdout.write(line(conversion));
  latencies.push(latency);
}
process.stdout.write(`\nMedian (fastest) of ${RUNS} runs in turns, batch 1, one thread each:\n\n`);
printHead(LATENCY);
for (const latency of latencies) process.stdout.write(line(latency));
