import { nearestName } from './nearest-name.ts';

test.each([
  ['epoch', 'epochs'],
  ['learnRate', 'learningRate'],
  ['BATCHSIZE', 'batchSize'],
  ['bathcSize', 'batchSize'],
  ['', 'epochs'],
])('takes %p for %p', (misspelt, meant) => {
  expect(nearestName(misspelt, ['learningRate', 'epochs', 'batchSize'])).toBe(meant);
});
