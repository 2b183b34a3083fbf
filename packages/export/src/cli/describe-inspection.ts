import type { GraphPort, ModelInspection, Obstacle } from '../inspect-model.ts';

const counts = (ops: ReadonlyMap<string, number>): string =>
  [...ops].map(([op, count]) => `${count} ${op}`).join(', ');

const ports = (title: string, all: readonly GraphPort[]): readonly string[] => [
  title,
  ...all.map(({ name, dtype, shape }) => `  ${name}: ${dtype} ${shape}`),
];

const obstacle = ({ op, node, reason }: Obstacle): string =>
  `  ${op} (node "${node}")${reason === '' ? '' : ` ${reason}`}`;

/** Puts what is known of a model into lines for people. */
export const describeInspection = (path: string, inspection: ModelInspection): readonly string[] => {
  const { kind, parameters, ops, obstacles, graph } = inspection;
  const what = kind === 'graph-model' ? 'GraphModel' : 'LayersModel';
  const head = [
    `${path}: ${what}, ${parameters.toLocaleString('en')} parameters`,
    `${kind === 'graph-model' ? 'Operations' : 'Layers'}: ${counts(ops)}`,
  ];
  if (graph === undefined)
    return [...head, `Cannot be converted, because of ${obstacles.length}:`, ...obstacles.map(obstacle)];
  return [
    ...head,
    ...ports('Inputs', graph.inputs),
    ...ports('Outputs', graph.outputs),
    `Can be converted: ${graph.nodes} nodes (${graph.nodesBefore} before optimising): ${counts(graph.ops)}`,
  ];
};
