import * as tf from '@tensorflow/tfjs';
import { convertModel } from '../convert-model.ts';
import { readModelFile } from '../files/read-model-file.ts';
import { countOps } from '../graph/graph.ts';
import { verifyModel } from '../verify/verify-model.ts';
import { writeOnnx } from '../write/write-onnx.ts';
import { HUMAN_MODELS, humanModelPath } from './human-models.ts';

const HEAD = [
  '| Model | Operations | Nodes before | Nodes after | Transposes | Seconds to convert | MB | Largest difference |',
  '| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
];

const rowOf = async (name: string): Promise<string> => {
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
  const cells = [
    `\`${name}\``,
    operations,
    nodesBefore,
    nodes,
    countOps(graph).get('Transpose') ?? 0,
    seconds.toFixed(1),
    (onnx.byteLength / 1e6).toFixed(2),
    largest.toExponential(1),
  ];
  return `| ${cells.join(' | ')} |`;
};

tf.enableProdMode();
await tf.setBackend('cpu');
process.stdout.write(`${HEAD.join('\n')}\n`);
for (const name of HUMAN_MODELS) process.stdout.write(`${await rowOf(name)}\n`);
