import type { Nodes } from '../graph-def.ts';
import { structureConditionals } from './structure-conditionals.ts';
import { structureLoops } from './structure-loops.ts';

/**
 * Finds the loops and branches that old models spell as single nodes (Enter, Merge, Switch, NextIteration, Exit) and
 * puts one node in the place of each, which holds its parts as regions.
 */
export const structureControlFlow = (nodes: Nodes): Nodes => {
  const hasControl = [...nodes.values()].some(({ op }) => op === 'Merge' || op === 'Enter');
  return hasControl ? structureConditionals(structureLoops(nodes)) : nodes;
};
