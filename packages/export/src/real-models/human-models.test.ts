import { InferenceSession } from 'onnxruntime-node';
import { convertModel } from '../convert-model.ts';
import { readModelFile } from '../files/read-model-file.ts';
import { countOps } from '../graph/graph.ts';
import { verifyModel } from '../verify/verify-model.ts';
import { writeOnnx } from '../write/write-onnx.ts';
import { HUMAN_MODELS, humanModelPath } from './human-models.ts';

/** Those that plain JavaScript runs within seconds; `nx run export:models-table` compares all. */
const COMPARED = ['antispoof', 'blazeface', 'emotion', 'handtrack', 'iris', 'liveness'];

/** What must be left of each model at most, and the Transposes among it. */
const SIZES: Readonly<Record<(typeof HUMAN_MODELS)[number], readonly [number, number]>> = {
  antispoof: [15, 1],
  blazeface: [147, 5],
  centernet: [291, 4],
  emotion: [26, 0],
  facemesh: [120, 1],
  faceres: [63, 1],
  'handlandmark-lite': [108, 1],
  handtrack: [695, 21],
  iris: [170, 1],
  liveness: [24, 1],
  'movenet-lightning': [212, 4],
};

describe('models that others trained', () => {
  test.each(HUMAN_MODELS)(
    '%s is converted into a graph that onnxruntime loads, as small as it was',
    async (name) => {
      const { graph, nodes } = await convertModel(await readModelFile(humanModelPath(name)));
      const [most, transposes] = SIZES[name];
      expect(nodes).toBeLessThanOrEqual(most);
      expect(countOps(graph).get('Transpose') ?? 0).toBeLessThanOrEqual(transposes);
      const session = await InferenceSession.create(writeOnnx(graph), { logSeverityLevel: 3 });
      expect(session.outputNames).toEqual(graph.outputs.map((output) => output.name));
      await session.release();
    },
  );

  test.each(COMPARED)(
    '%s agrees with tfjs in every output',
    async (name) => {
      const files = await readModelFile(humanModelPath(name));
      const { graph } = await convertModel(files);
      const [{ outputs } = { outputs: [] }] = await verifyModel({ files, graph, onnx: writeOnnx(graph) });
      expect(outputs).toHaveLength(graph.outputs.length);
    },
    180_000,
  );
});
