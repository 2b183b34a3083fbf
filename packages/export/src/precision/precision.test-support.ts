import { fromBinary } from '@bufbuild/protobuf';
import { createRandom } from '@mien/contract';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InferenceSession } from 'onnxruntime-node';
import { ModelProtoSchema } from '../gen/onnx_pb.ts';
import type { Graph } from '../graph/graph.ts';
import { elementCount } from '../graph/shape.ts';
import { runOnnx, type FloatArray } from '../verify/run-onnx.ts';
import { writeOnnx } from '../write/write-onnx.ts';
import type { ImageSet } from './image-set.ts';
import { observeExtremes, type Extremes } from './observe-values.ts';

/** Seeded inputs of a graph with one input: whole numbers in [0, 255] as pixels, or normally distributed ones. */
export const randomImages = (graph: Graph, count: number, kind: 'normal' | 'pixels' = 'normal'): ImageSet => {
  const shape = (graph.inputs[0]?.value.shape.slice(1) ?? []) as number[];
  const random = createRandom(7, count);
  const draw = (): number => (kind === 'pixels' ? random.integer(256) : random.normal());
  return { count, shape, data: Float32Array.from({ length: count * elementCount(shape) }, draw) };
};

/** All images in one batch. */
export const batchOf = ({ count, shape, data }: ImageSet): FloatArray => ({
  data: Float32Array.from(data),
  shape: [count, ...shape],
});

/** Runs a graph of one input on onnxruntime. */
export const runGraph = (graph: Graph, images: ImageSet): Promise<FloatArray> =>
  runOnnx(writeOnnx(graph), { [graph.inputs[0]?.name ?? '']: batchOf(images) });

/** The ranges of all values on some images. */
export const extremesOf = (graph: Graph, images: ImageSet): Promise<Extremes> =>
  observeExtremes(graph, [{ [graph.inputs[0]?.name ?? '']: { dtype: 'float32', ...batchOf(images) } }]);

/** The operators that onnxruntime really runs, after its own optimisations, each once, sorted. */
export const fusedOps = async (graph: Graph): Promise<string[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'mien-fused-'));
  try {
    const optimizedModelFilePath = join(folder, 'model.onnx');
    const options = { optimizedModelFilePath, logSeverityLevel: 3 } as const;
    await (await InferenceSession.create(writeOnnx(graph), options)).release();
    const model = fromBinary(ModelProtoSchema, await readFile(optimizedModelFilePath));
    return [...new Set(model.graph?.node.map(({ opType }) => opType))].sort();
  } finally {
    await rm(folder, { recursive: true });
  }
};
