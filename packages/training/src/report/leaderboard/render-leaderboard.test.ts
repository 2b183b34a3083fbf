import { searchOf, stateOf } from '../../tune/search-state.test-support.ts';
import { renderLeaderboard } from './render-leaderboard.ts';

const nine = (accuracy: number): number[] => Array.from({ length: 9 }, () => accuracy);
const failure = { kind: 'diverged', message: 'the loss was <NaN>' } as const;

const render = (states: Parameters<typeof searchOf>[0], command?: string): Promise<string> =>
  renderLeaderboard({ state: searchOf(states), domains: ['0.001..1:log'], command });

const STATES = [
  stateOf(1, nine(0.8)),
  stateOf(2, [0.5, 0.5, 0.5]),
  stateOf(3, [0.4, 0.4, 0.4]),
  stateOf(4, [], { failure }),
];

/** Where a chart's marks of a colour stand, from left to right, in its own units. */
const marksOf = (page: string, colour: string): [x: number, y: number][] => {
  const [chart = ''] = /<svg[^>]*aria-label="Score of[\s\S]*?<\/svg>/u.exec(page) ?? [];
  const marks = chart.matchAll(
    new RegExp(
      String.raw`transform="translate\(([\d.]+),([\d.]+)\)" d="[^"]*" fill="var\(--${colour}\)"`,
      'gu',
    ),
  );
  return [...marks]
    .map(([, x, y]): [number, number] => [Number(x), Number(y)])
    .toSorted((a, b) => a[0] - b[0]);
};

test('the page holds each trial in order, the reason of one that broke, and the command', async () => {
  const page = await render(STATES, 'npx nx run training:fit -- --augment \'{"a":1}\'');
  const trials = [...page.matchAll(/<th scope="row" class="number">(\d+)<\/th>/gu)].map(([, trial]) => trial);
  expect(trials).toEqual(['1', '2', '3', '4']);
  expect(page).toContain('diverged: the loss was &lt;NaN&gt;');
  expect(page).toContain('--augment &#39;{&quot;a&quot;:1}&#39;');
  expect(page).toContain('These figures are optimistic.');
});

test('the chart of an axis sets all trials against one another after as many epochs, on its scale', async () => {
  const page = await render(STATES);
  expect(page).toContain('after 3 epochs');
  const [best] = marksOf(page, 'second');
  const [second, third] = marksOf(page, 'first');
  const [broken] = marksOf(page, 'muted');
  if (!best || !second || !third || !broken) throw new Error('marks are missing');
  // Trials 1, 2 and 3 have the learning rates 0.01, 0.02 and 0.03, and 80, 50 and 40 per cent.
  expect((second[0] - best[0]) / (third[0] - best[0])).toBeCloseTo(Math.log(2) / Math.log(3), 2);
  expect((second[1] - best[1]) / (third[1] - best[1])).toBeCloseTo(30 / 40, 2);
  expect(broken[1]).toBe(third[1]);
});

test('a search with nothing trained yet is a page too', async () => {
  const page = await render([stateOf(1, []), stateOf(2, [])]);
  expect(page).toContain('waiting');
  expect(page).not.toContain('<svg');
});

test('the page needs nothing from elsewhere', async () => {
  const page = await render(STATES, 'npx nx run training:fit');
  expect(page).not.toMatch(/<script|src=|href=|url\(/u);
  expect(page).not.toMatch(/NaN(?!&gt;)|undefined|\[object/u);
});
