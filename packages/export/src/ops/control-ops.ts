import { GraphBuilder } from '../graph/graph-builder.ts';
import { subgraph, type Graph } from '../graph/graph.ts';
import type { Edge } from '../graph-model/edge.ts';
import type { OpCall, OpConverter, OpConverters } from '../graph-model/op-call.ts';
import { packEdge, unpackEdge } from '../graph-model/pack-edges.ts';
import { asCondition } from './condition.ts';
import { loop } from './loop.ts';

interface Branch {
  readonly graph: Graph;
  readonly outputs: readonly Edge[];
}

/** Writes a branch as a graph of its own, which reads the values around it. */
const branchOf = async (call: OpCall, setting: string, inputs: readonly Edge[]): Promise<Branch> => {
  const builder = new GraphBuilder(`${call.name}/${setting}`);
  const outputs = await call.regionOf(setting).convert(inputs, builder);
  for (const [index, output] of outputs.entries()) {
    const values = packEdge(output);
    if (values === undefined) throw call.unsupported('that gives a list whose elements are not known');
    for (const [part, value] of values.entries())
      builder.output(`${call.name}/${setting}/${index}.${part}`, value);
  }
  return { graph: builder.build(), outputs };
};

const conditional: OpConverter = async (call) => {
  const condition = asCondition(call.builder, call.name, call.tensor(0));
  const inputs = call.inputs.slice(1);
  const known = condition.constant?.tensor;
  if (known !== undefined) {
    return call.regionOf(known.data[0] === 1 ? 'then_branch' : 'else_branch').convert(inputs, call.builder);
  }
  const thenBranch = await branchOf(call, 'then_branch', inputs);
  const elseBranch = await branchOf(call, 'else_branch', inputs);
  const values = call.addMany('If', [condition], {
    then_branch: subgraph(thenBranch.graph),
    else_branch: subgraph(elseBranch.graph),
  });
  let taken = 0;
  return thenBranch.outputs.map((output) => {
    const count = packEdge(output)?.length ?? 0;
    const edge = unpackEdge(output, values.slice(taken, taken + count));
    taken += count;
    return edge;
  });
};

const pass: OpConverter = (call) => call.inputs[0] as Edge;

/** Branches and loops. Enter and LoopCond are left in the parts of loops that old models spell out. */
export const controlOps: OpConverters = {
  Enter: pass,
  If: conditional,
  LoopCond: pass,
  StatelessIf: conditional,
  StatelessWhile: loop,
  While: loop,
};
