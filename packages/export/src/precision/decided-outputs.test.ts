import { GraphBuilder } from '../graph/graph-builder.ts';
import { int, type Graph } from '../graph/graph.ts';
import { decidedOutputs, withoutDecided } from './decided-outputs.ts';

/** Scores, the index of the best of them, and something made of that index. */
const scorer = (): Graph => {
  const builder = new GraphBuilder('test');
  const scores = builder.add('Relu', 'scores', [builder.input('x', ['N', 4])]);
  const best = builder.add('ArgMax', 'best', [scores], { axis: int(1), keepdims: int(0) });
  builder.output('scores', scores);
  builder.output('best', best);
  builder.output('cell', builder.add('Add', 'cell', [best, best]));
  return builder.build();
};

describe('decidedOutputs', () => {
  test('are those that follow from a choice', () => {
    expect([...decidedOutputs(scorer())]).toEqual(['best', 'cell']);
  });

  test('are left out of comparisons, unless there is nothing else', () => {
    const numbers = { classes: 1, data: Float32Array.of(1) };
    const names = (given: readonly string[]) => [
      ...withoutDecided(new Map(given.map((name) => [name, numbers])), scorer()).keys(),
    ];
    expect(names(['scores', 'best', 'cell'])).toEqual(['scores']);
    expect(names(['best', 'cell'])).toEqual(['best', 'cell']);
  });
});
