import { GraphBuilder } from '../graph/graph-builder.ts';
import { int, ints, subgraph, type Value } from '../graph/graph.ts';
import type { LayerCall } from './layer-call.ts';
import type { Recurrence } from './recurrent-steps.ts';

/** What to go through, step by step. */
export interface Steps {
  /** `[batch, steps, …]`. */
  readonly sequence: Value;
  readonly initial: readonly Value[];
  /** Writes one step into a graph of its own: from the step's input and the states to the new states. */
  readonly step: (body: GraphBuilder, input: Value, states: readonly Value[]) => readonly Value[];
}

/** Bools of one step, with axes to the right of the batch until they broadcast against the states. */
const spread = (body: GraphBuilder, call: LayerCall, mask: Value): Value => {
  const axes = call.integers('mask-axes', [1]);
  return body.add('Unsqueeze', call.name, [mask, axes]);
};

const inputNames = (call: LayerCall, kind: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `${call.name}/${kind}-${index}`);

/** Where a mask says that a step does not count, the states stay what they are. */
const writeBody = (call: LayerCall, { sequence, initial, step }: Steps, mask: Value | undefined) => {
  const body = new GraphBuilder(`${call.name}/step`);
  const names = inputNames(call, 'state', initial.length);
  const states = initial.map(({ shape, dtype }, index) => body.input(names[index] as string, shape, dtype));
  const input = body.input(`${call.name}/input`, sequence.shape.toSpliced(1, 1), sequence.dtype);
  const counts =
    mask === undefined
      ? undefined
      : spread(body, call, body.input(`${call.name}/counts`, mask.shape.toSpliced(1, 1), 'bool'));
  const next = step(body, input, states).map((state, index) =>
    counts === undefined ? state : body.add('Where', call.name, [counts, state, states[index] as Value]),
  );
  for (const [index, name] of inputNames(call, 'next', next.length).entries())
    body.output(name, next[index] as Value);
  body.output(`${call.name}/output`, next[0] as Value);
  return body.build();
};

const maskOf = (call: LayerCall, sequence: Value): Value | undefined => {
  const { mask } = call;
  const [steps, of] = [mask?.shape[1], sequence.shape[1]];
  if (typeof steps === 'number' && typeof of === 'number' && steps !== of)
    throw call.unsupported(`of ${of} steps after a mask of ${steps}, which tfjs hands on to it`);
  return mask;
};

/** Goes through a sequence with ONNX's Scan: for cells that no operator stands for, and where a mask leaves out steps. */
export const scanSteps = (call: LayerCall, steps: Steps): Recurrence => {
  const { sequence, initial } = steps;
  const mask = maskOf(call, sequence);
  const scanned = mask === undefined ? [sequence] : [sequence, mask];
  const each = (value: number) => ints(scanned.map(() => value));
  const results = call.addMany('Scan', [...initial, ...scanned], {
    body: subgraph(writeBody(call, steps, mask)),
    num_scan_inputs: int(scanned.length),
    scan_input_axes: each(1),
    scan_input_directions: each(call.config['goBackwards'] === true ? 1 : 0),
    scan_output_axes: ints([1]),
  });
  return { sequence: results.at(-1) as Value, states: results.slice(0, -1) };
};
