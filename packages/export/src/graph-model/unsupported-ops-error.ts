import { MienError } from '@mien/contract';
import type { UnsupportedNodeError } from './edge.ts';

/** Nodes that have the same operator and the same trouble. */
interface Trouble {
  readonly first: UnsupportedNodeError;
  readonly count: number;
}

const troublesOf = (problems: readonly UnsupportedNodeError[]): readonly Trouble[] => {
  const troubles = new Map<string, Trouble>();
  for (const problem of problems) {
    const key = `${problem.op} ${problem.detail}`;
    const known = troubles.get(key);
    troubles.set(key, { first: known?.first ?? problem, count: (known?.count ?? 0) + 1 });
  }
  return [...troubles.values()];
};

const describe = ({ first, count }: Trouble): string => {
  const where = count === 1 ? `node "${first.node}"` : `${count} nodes, the first is "${first.node}"`;
  return `${first.op} (${where}) ${first.detail}`;
};

/** All that stands in the way of converting a GraphModel. */
export class UnsupportedOpsError extends MienError {
  override readonly name = 'UnsupportedOpsError';
  constructor(readonly problems: readonly UnsupportedNodeError[]) {
    super(
      `Cannot convert: ${troublesOf(problems).map(describe).join('; ')}. ` +
        'What can be converted, and how to add more, is listed in docs/operators.md.',
    );
  }
}
