import { NodeAttributes } from '../node-attributes.ts';
import type { NodeDef, Nodes, Region } from '../graph-def.ts';
import type { Reference } from '../reference.ts';
import { ancestorsOf } from './ancestors.ts';
import { structureConditionals } from './structure-conditionals.ts';

/** One variable of a loop: how it comes in, stays, and leaves. */
interface Variable {
  readonly merge: NodeDef;
  readonly initial: Reference;
  readonly next: Reference;
  /** The nodes that give its last value, by name. */
  readonly exits: readonly string[];
  readonly switches: readonly NodeDef[];
}

const frameOf = ({ attributes }: NodeDef): string => attributes.text('frame_name', '');

const isConstantEnter = ({ op, attributes }: NodeDef): boolean =>
  op === 'Enter' && attributes.boolean('is_constant');

/** A frame at work: the nodes of one loop. */
class Frame {
  readonly variables: readonly Variable[];
  readonly condition: NodeDef | undefined;

  constructor(
    readonly name: string,
    readonly nodes: Nodes,
  ) {
    const all = [...nodes.values()];
    const merges = all.filter((node) => node.op === 'Merge' && this.#enterOf(node) !== undefined);
    const switches = all.filter(
      ({ op, inputs }) => op === 'Switch' && merges.some(({ name: merge }) => merge === inputs[0]?.node),
    );
    const exits = all.filter(({ op }) => op === 'Exit');
    this.variables = merges.map((merge) => {
      const own = switches.filter(({ inputs }) => inputs[0]?.node === merge.name);
      const leaving = exits.filter(({ inputs }) => own.some(({ name: one }) => one === inputs[0]?.node));
      return {
        merge,
        initial: this.#enterOf(merge)?.inputs[0] as Reference,
        next: this.#nextOf(merge)?.inputs[0] as Reference,
        exits: leaving.map((exit) => exit.name),
        switches: own,
      };
    });
    const loopCondition = switches
      .map(({ inputs }) => nodes.get(inputs[1]?.node ?? ''))
      .find((node) => node?.op === 'LoopCond');
    this.condition = loopCondition;
  }

  #input(merge: NodeDef, op: string): NodeDef | undefined {
    return merge.inputs.map(({ node }) => this.nodes.get(node)).find((node) => node?.op === op);
  }

  #enterOf(merge: NodeDef): NodeDef | undefined {
    const enter = this.#input(merge, 'Enter');
    return enter !== undefined && frameOf(enter) === this.name ? enter : undefined;
  }

  #nextOf(merge: NodeDef): NodeDef | undefined {
    return this.#input(merge, 'NextIteration');
  }

  /** The nodes of the condition or of the body, up to the loop's variables and what comes in from outside. */
  inside(results: readonly Reference[]): ReadonlyMap<string, NodeDef> {
    const own = new Set(
      this.variables.flatMap(({ merge, switches }) => [merge.name, ...switches.map(({ name }) => name)]),
    );
    return ancestorsOf(this.nodes, results, (node) => own.has(node.name) || isConstantEnter(node));
  }
}

const isComplete = ({ variables, condition }: Frame): boolean =>
  condition !== undefined && variables.length > 0 && variables.every(({ next }) => next !== undefined);

/** Nodes that do not depend on the loop's variables may be read in it: those stay outside. */
const dependentNodes = (frame: Frame, found: ReadonlyMap<string, NodeDef>): Map<string, NodeDef> => {
  const roots = new Set(
    frame.variables.flatMap(({ merge, switches }) => [merge.name, ...switches.map(({ name }) => name)]),
  );
  const memo = new Map<string, boolean>();
  const depends = (name: string): boolean => {
    if (roots.has(name)) return true;
    const known = memo.get(name);
    if (known !== undefined) return known;
    memo.set(name, false);
    const node = found.get(name);
    const waits = node?.controls.some((control) => found.has(control) || roots.has(control)) ?? false;
    const result = waits || (node?.inputs.some((input) => depends(input.node)) ?? false);
    memo.set(name, result);
    return result;
  };
  return new Map([...found].filter(([name]) => depends(name)));
};

/** What is known to come in from outside, as nodes of the region that pass it on. */
const entersOf = (nodes: Nodes, inside: ReadonlyMap<string, NodeDef>): Map<string, NodeDef> => {
  const read = [...inside.values()].flatMap(({ inputs }) => inputs.map(({ node }) => nodes.get(node)));
  return new Map(
    read
      .filter((node): node is NodeDef => node !== undefined && isConstantEnter(node))
      .map((node) => [node.name, node]),
  );
};

const regionOf = (frame: Frame, parameters: readonly Reference[], outputs: readonly Reference[]): Region => {
  const inside = dependentNodes(frame, frame.inside(outputs));
  const nodes = new Map([...entersOf(frame.nodes, inside), ...inside]);
  return { nodes: structureConditionals(nodes), parameters, outputs };
};

/** What a region reads from around it, which has to be there before. */
const outsideOf = (frame: Frame, regions: readonly Region[]): readonly Reference[] =>
  regions.flatMap(({ nodes, parameters }) => {
    const own = new Set([...nodes.keys(), ...parameters.map(({ node }) => node)]);
    return [...nodes.values()].flatMap(({ inputs }) =>
      inputs.filter(({ node }) => !own.has(node) && frame.nodes.has(node)),
    );
  });

const loopNode = (frame: Frame): NodeDef => {
  const { variables } = frame;
  const condition = regionOf(
    frame,
    variables.map(({ merge }) => ({ node: merge.name, output: 0 })),
    [(frame.condition as NodeDef).inputs[0] as Reference],
  );
  const parameters = variables.map(({ merge, switches }) => ({
    node: switches[0]?.name ?? `${merge.name}/unused`,
    output: 1,
  }));
  const body = regionOf(
    frame,
    parameters,
    variables.map(({ next }) => next),
  );
  return {
    name: frame.name,
    op: 'While',
    inputs: [...variables.map(({ initial }) => initial), ...outsideOf(frame, [condition, body])],
    controls: [],
    attributes: new NodeAttributes({ variables: { i: variables.length } }),
    raw: {},
    regions: { body, cond: condition },
  };
};

/** Puts the loop node in, and lets the exits read its results. */
const replaceFrame = (nodes: Nodes, frame: Frame): Nodes => {
  const loop = loopNode(frame);
  const replaced = new Map(nodes);
  replaced.set(loop.name, loop);
  for (const [index, { exits }] of frame.variables.entries()) {
    for (const exit of exits) {
      const node = nodes.get(exit) as NodeDef;
      replaced.set(exit, { ...node, op: 'Identity', inputs: [{ node: loop.name, output: index }] });
    }
  }
  return replaced;
};

/** True where a loop holds no other loop that is not structured yet. */
const isInnermost = (frame: Frame): boolean => {
  const results = [...frame.variables.map(({ next }) => next), ...(frame.condition?.inputs ?? [])];
  return [...frame.inside(results).values()].every(({ op }) => op !== 'Exit');
};

/** Puts one node in the place of each loop, inner loops first. Broken loops are left as they are. */
export const structureLoops = (nodes: Nodes): Nodes => {
  const enters = [...nodes.values()].filter(({ op }) => op === 'Enter');
  let pending = [...new Set(enters.map(frameOf))];
  let current = nodes;
  while (pending.length > 0) {
    const frames = pending.map((name) => new Frame(name, current)).filter(isComplete);
    const next = frames.find(isInnermost);
    if (next === undefined) return current;
    current = replaceFrame(current, next);
    pending = pending.filter((name) => name !== next.name);
  }
  return current;
};
