import { GraphBuilder } from '../graph/graph-builder.ts';
import { ABSENT, subgraph, type Graph, type Value } from '../graph/graph.ts';
import type { Dim, Shape } from '../graph/shape.ts';
import { isValue, TensorList, type Edge } from '../graph-model/edge.ts';
import type { Nodes, Region } from '../graph-model/graph-def.ts';
import type { OpCall, OpConverter } from '../graph-model/op-call.ts';
import { packEdge, unpackEdge } from '../graph-model/pack-edges.ts';
import type { Reference } from '../graph-model/reference.ts';
import { asCondition } from './condition.ts';
import { zeroElements } from './list-elements.ts';

/** How often a body is written to find the sizes that change from round to round. */
const MOST_ATTEMPTS = 8;

const throughIdentities = (nodes: Nodes, reference: Reference): Reference => {
  const node = nodes.get(reference.node);
  const [input] = node?.inputs ?? [];
  return node?.op === 'Identity' && input !== undefined ? throughIdentities(nodes, input) : reference;
};

/** True for the variables that a body gives back as it got them: those need not be carried from round to round. */
const unchanged = ({ nodes, parameters, outputs }: Region): readonly boolean[] =>
  outputs.map((output, index) => {
    const source = throughIdentities(nodes, output);
    const parameter = parameters[index];
    return source.node === parameter?.node && source.output === parameter.output;
  });

/** A loop's variables: those that change, in the order of the loop, and all others as they are. */
class Variables {
  constructor(
    readonly initial: readonly Edge[],
    readonly isFixed: readonly boolean[],
  ) {}

  /** Only those that change. */
  changing<T>(all: readonly T[]): readonly T[] {
    return all.filter((_, index) => this.isFixed[index] !== true);
  }

  /** Those that change, put back among the others. */
  all(changing: readonly Edge[]): readonly Edge[] {
    const rest = [...changing];
    return this.initial.map((edge, index) => (this.isFixed[index] === true ? edge : (rest.shift() as Edge)));
  }
}

/** A list whose elements nobody knows yet gets them from a look at what the body puts in. */
const settleLists = async (call: OpCall, variables: Variables): Promise<Variables> => {
  const isOpen = (edge: Edge | undefined): edge is TensorList =>
    edge instanceof TensorList && edge.elements === undefined;
  if (!variables.initial.some(isOpen)) return variables;
  const probe = new GraphBuilder('probe');
  const changing = variables.changing(variables.initial);
  const inputs = changing.map((edge) => stand(edge, probe, 'probe', shapesOf(edge)));
  const body = call.regionOf('body');
  const outputs = await body.attempt(variables.all(inputs), probe);
  const elementsOf = (output: Edge | undefined): Value | undefined =>
    output instanceof TensorList ? output.elements : undefined;
  const isSettled = variables.initial.every((edge, index) => !isOpen(edge) || elementsOf(outputs[index]));
  if (!isSettled) {
    // Where the body cannot be converted, that is what stands in the way.
    await body.convert(variables.all(inputs), probe);
    throw call.unsupported('that carries a list whose elements are not known');
  }
  const settled = variables.initial.map((edge, index) => {
    const elements = elementsOf(outputs[index]);
    return isOpen(edge) && elements !== undefined
      ? zeroElements(call, edge, elements.shape.slice(1), elements.dtype)
      : edge;
  });
  return new Variables(settled, variables.isFixed);
};

const shapesOf = (edge: Edge): readonly Shape[] => packEdge(edge)?.map(({ shape }) => shape) ?? [];

/** A stand-in for a variable inside the body: an input of its graph. */
const stand = (edge: Edge, builder: GraphBuilder, name: string, shapes: readonly Shape[]): Edge => {
  const values = packEdge(edge)?.map((value, part) =>
    builder.input(`${name}.${part}`, shapes[part] ?? value.shape, value.dtype),
  );
  return values === undefined ? edge : unpackEdge(edge, values);
};

interface Body {
  readonly graph: Graph;
  readonly outputs: readonly Edge[];
}

const writeBody = async (
  call: OpCall,
  variables: Variables,
  shapes: readonly (readonly Shape[])[],
): Promise<Body> => {
  const builder = new GraphBuilder(`${call.name}/body`);
  builder.input(`${call.name}/round`, [], 'int64');
  builder.input(`${call.name}/goes-on`, [], 'bool');
  const changing = variables.changing(variables.initial);
  const inputs = changing.map((edge, index) =>
    stand(edge, builder, `${call.name}/in-${index}`, shapes[index] ?? []),
  );
  const outputs = await call.regionOf('body').convert(variables.all(inputs), builder);
  const [goesOn] = await call.regionOf('cond').convert(outputs, builder);
  if (!isValue(goesOn)) throw call.unsupported('whose condition is not a tensor');
  builder.output(`${call.name}/still`, asCondition(builder, call.name, goesOn));
  for (const [index, output] of variables.changing(outputs).entries()) {
    const values = packEdge(output);
    if (values === undefined) throw call.unsupported('that carries a list whose elements are not known');
    for (const [part, value] of values.entries())
      builder.output(
        `${call.name}/out-${index}.${part}`,
        matching(builder, call, changing[index] as Edge, part, value),
      );
  }
  return { graph: builder.build(), outputs: variables.changing(outputs) };
};

/** A carried value keeps its type. */
const matching = (builder: GraphBuilder, call: OpCall, initial: Edge, part: number, value: Value): Value =>
  builder.cast(call.name, value, packEdge(initial)?.[part]?.dtype ?? value.dtype);

/** Sizes that the body changes are known only as the loop runs. */
const widen = (call: OpCall, shape: Shape, next: Shape, index: string): Shape => {
  if (shape.length !== next.length)
    throw call.unsupported('that changes the number of dimensions of a variable');
  return shape.map((dim, axis): Dim => (dim === next[axis] ? dim : `${call.name}/${index}.${axis}`));
};

const sameShapes = (one: readonly (readonly Shape[])[], other: readonly (readonly Shape[])[]): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/** Writes the body again and again until the shapes that come out of it are those that went in. */
const settleBody = async (call: OpCall, variables: Variables): Promise<Body> => {
  let shapes = variables.changing(variables.initial).map(shapesOf);
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const body = await writeBody(call, variables, shapes);
    const widened = body.outputs.map((output, index) =>
      shapesOf(output).map((next, part) =>
        widen(call, shapes[index]?.[part] ?? [], next, `size-${index}.${part}`),
      ),
    );
    if (sameShapes(shapes, widened)) return body;
    shapes = widened;
  }
  throw call.unsupported('whose sizes never settle');
};

/** Loops: run while a condition holds. What the body does not change is read from around the loop. */
export const loop: OpConverter = async (call) => {
  const count = call.attributes.number('variables', call.inputs.length);
  const given = new Variables(call.inputs.slice(0, count), unchanged(call.regionOf('body').region));
  const variables = await settleLists(call, given);
  const [start] = await call.regionOf('cond').convert(variables.initial, call.builder);
  if (!isValue(start)) throw call.unsupported('whose condition is not a tensor');
  const body = await settleBody(call, variables);
  const initial = variables.changing(variables.initial).flatMap((edge) => packEdge(edge) ?? []);
  const values = call.addMany('Loop', [ABSENT, asCondition(call.builder, call.name, start), ...initial], {
    body: subgraph(body.graph),
  });
  let taken = 0;
  const results = body.outputs.map((output) => {
    const parts = packEdge(output)?.length ?? 0;
    const edge = unpackEdge(output, values.slice(taken, taken + parts));
    taken += parts;
    return edge;
  });
  return variables.all(results);
};
