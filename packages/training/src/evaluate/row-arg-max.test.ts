import { rowArgMax } from './row-arg-max.ts';

describe('rowArgMax', () => {
  test('names the largest entry of each row', () => {
    expect([...rowArgMax(Float32Array.of(0.1, 0.7, 0.2, 0.5, 0.2, 0.3, 0, 0, 1), 3)]).toEqual([1, 0, 2]);
  });

  test('takes the first of equals', () => {
    expect([...rowArgMax(Float32Array.of(0.2, 0.4, 0.4, 0.5, 0, 0.5), 3)]).toEqual([1, 0]);
  });
});
