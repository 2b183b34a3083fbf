import { searchOf, stateOf } from '../tune/search-state.test-support.ts';
import { describeSearch } from './describe-search.ts';

const nine = (accuracy: number): number[] => Array.from({ length: 9 }, () => accuracy);
const failure = { kind: 'diverged', message: 'the loss was NaN in epoch 1' } as const;

test('a search is told as a table, with what to believe of it and what to do next', () => {
  const state = searchOf([
    stateOf(1, nine(0.8)),
    stateOf(2, nine(0.79)),
    stateOf(3, [0.5, 0.5, 0.5]),
    stateOf(4, [], { failure }),
    stateOf(5, []),
  ]);
  expect(describeSearch(state, 'wasm').join('\n')).toBe(`
    trial  epochs  accuracy %       95 %  macro-F1   loss    lr
 1      1       9        80.0  71.1–86.7     0.750  1.200  0.01
≈2      2       9        79.0  70.0–85.8     0.740  1.210  0.02
 3      3       3        50.0  40.4–59.6     0.450  1.500  0.03
 ×      4       0               diverged                   0.04
        5       0                waiting                   0.05

Within the best one's 95 % interval (71.1 % to 86.7 %, 100 validation images) and so not told apart from it (≈): trial 2.
These figures are optimistic: the best of many was picked on the very images that scored it. Score the chosen model once on images that took no part (training:evaluate, --split test).

Best        trial 1, a finished model: dist/tune/x/trials/001
Board       dist/tune/x/leaderboard.html (open it in a browser), leaderboard.json
Again       npx nx run training:fit -- --arch residual --seed 1 --epochs 9 --lr 0.01 --patience 0 --backend wasm
Next        npx nx run export:onnx -- --model dist/tune/x/trials/001`);
});

test('a search in which every trial broke has nothing to recommend', () => {
  const text = describeSearch(searchOf([stateOf(1, [], { failure })]), 'auto').join('\n');
  expect(text).toMatch(/No trial could be trained/u);
  expect(text).not.toMatch(/training:fit/u);
});
