import { headsOf, MAIN_OUTPUT } from './heads.ts';
import { fullCard, validCard } from './model-card.test-support.ts';

test('the main head comes first, named as its output in the graph', () => {
  const { graph, labels, calibration, evaluation } = validCard();
  expect(headsOf(validCard())).toEqual([{ output: graph.output.name, labels, calibration, evaluation }]);
  expect(MAIN_OUTPUT).toBe(graph.output.name);
});

test('further heads follow in the order of the outputs', () => {
  const card = fullCard();
  const outputs = [card.graph.output, ...(card.graph.otherOutputs ?? [])];
  expect(headsOf(card).map(({ output }) => output)).toEqual(outputs.map(({ name }) => name));
  expect(headsOf(card).map(({ labels }) => labels.length)).toEqual(outputs.map(({ shape }) => shape.at(-1)));
});
