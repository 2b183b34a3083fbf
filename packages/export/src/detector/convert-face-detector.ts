import { convertGraphModel } from '../convert-graph-model.ts';
import { GraphBuilder } from '../graph/graph-builder.ts';
import { int, type Graph, type Value } from '../graph/graph.ts';
import { NCHW_TO_NHWC } from '../graph/permutation.ts';
import { BATCH } from '../graph/shape.ts';
import { floatTensor } from '../graph/tensor.ts';
import { optimizeGraph } from '../passes/optimize-graph.ts';
import type { ModelFiles } from '../read/model-files.ts';
import { anchorsOf, CANDIDATES, GEOMETRY, HEADS, INPUT_PX, type DetectorHead } from './detector-heads.ts';

/** The name by which runtimes know the graph's input. */
export const DETECTOR_INPUT = 'pixels';

/** The name by which runtimes know the graph's output. */
export const DETECTOR_OUTPUT = 'faces';

/** Names the heads' convolutions as the model's results, in place of the fixed-size reshapes that follow them. */
const endingAtHeads = (modelJson: unknown): unknown => {
  const model = modelJson as { userDefinedMetadata?: { signature?: { inputs?: unknown } } };
  const nodes = HEADS.flatMap(({ scores, geometry }) => [scores, geometry]);
  const outputs = Object.fromEntries(nodes.map((name) => [name, { name: `${name}:0` }]));
  const signature = { ...model.userDefinedMetadata?.signature, outputs };
  return { ...model, userDefinedMetadata: { ...model.userDefinedMetadata, signature } };
};

/** Puts the network behind an input of bytes, which it takes as [-1, 1]. */
const behindScaling = (network: Graph, builder: GraphBuilder): readonly Value[] => {
  const [input] = network.inputs as [Graph['inputs'][0]];
  builder.reserveSymbols(network);
  const pixels = builder.input(DETECTOR_INPUT, [BATCH, 3, INPUT_PX, INPUT_PX]);
  const centred = builder.add('Sub', 'scaling/centre', [pixels, builder.scalar('scaling/middle', 127.5)]);
  const scaled = builder.add('Div', 'scaling/scale', [centred, builder.scalar('scaling/half-range', 127.5)]);
  for (const node of network.nodes) {
    const inputs = node.inputs.map((value) => (value === input.value ? scaled : value));
    builder.adopt({ ...node, inputs });
  }
  return network.outputs.map(({ value }) => value);
};

/** Lists what a convolution gives, `[N, anchors * numbers, cells, cells]`, by anchor: `[N, candidates, numbers]`. */
const byAnchor = (builder: GraphBuilder, head: DetectorHead, value: Value, label: string): Value => {
  const last = builder.transpose(`${label}/cells`, value, NCHW_TO_NHWC);
  const numbers = (value.shape[1] as number) / head.anchorsPerCell;
  return builder.reshape(`${label}/anchors`, last, [BATCH, anchorsOf(head), numbers]);
};

/** What is added to the network's numbers: the centre of the anchor's cell to points, nothing to width and height. */
const anchorOffsets = (): Float32Array => {
  const rows = HEADS.flatMap(({ cells, anchorsPerCell }) =>
    Array.from({ length: cells * cells * anchorsPerCell }, (_, anchor) => {
      const cell = Math.floor(anchor / anchorsPerCell);
      const x = ((cell % cells) + 0.5) / cells;
      const y = (Math.floor(cell / cells) + 0.5) / cells;
      return [x, y, 0, 0, ...Array.from({ length: 6 }, () => [x, y]).flat()];
    }),
  );
  return Float32Array.from(rows.flat());
};

/** Turns the heads' numbers into confidences and shares of the picture's side: `[N, candidates, 1 + 16]`. */
const decode = (builder: GraphBuilder, outputs: readonly Value[]): Value => {
  const list = (index: 0 | 1, label: string): Value => {
    const lists = HEADS.map((head, place) =>
      byAnchor(builder, head, outputs[2 * place + index] as Value, `${label}/${head.cells}`),
    );
    return builder.add('Concat', label, lists, { axis: int(1) });
  };
  const confidences = builder.add('Sigmoid', 'confidences', [list(0, 'scores')]);
  const scaled = builder.add('Div', 'geometry/scale', [
    list(1, 'geometry'),
    builder.scalar('geometry/side', INPUT_PX),
  ]);
  const offsets = builder.constant(
    'geometry/anchors',
    floatTensor([1, CANDIDATES, GEOMETRY], anchorOffsets()),
  );
  const places = builder.add('Add', 'geometry/places', [scaled, offsets]);
  return builder.add('Concat', 'faces', [confidences, places], { axis: int(2) });
};

/**
 * Converts BlazeFace, with scaling and anchors put into the graph: pixels in [0, 255] in, `[N, 3, 256, 256]`, red, green
 * and blue; candidates out, `[N, 896, 17]`: confidence in [0, 1], then the box's centre, width and height, then x and y
 * of right eye, left eye, nose tip, mouth, right ear and left ear, all as shares of the picture's side.
 *
 * @throws what {@link convertGraphModel} throws.
 */
export const convertFaceDetector = async (files: ModelFiles): Promise<Graph> => {
  const network = await convertGraphModel({
    modelJson: endingAtHeads(files.modelJson),
    weights: files.weights,
    imageLayout: 'channels-first',
    inputShapes: { input: [-1, INPUT_PX, INPUT_PX, 3] },
  });
  const builder = new GraphBuilder('face-detector');
  builder.output(DETECTOR_OUTPUT, decode(builder, behindScaling(network, builder)));
  return optimizeGraph(builder.build());
};
