import {
  addDims,
  broadcastDims,
  ceilDivideDim,
  divideDims,
  floorDivideDim,
  multiplyDims,
  ratioOfDims,
  subtractDims,
} from './dim.ts';

describe('sizes that may be symbols', () => {
  test.each([
    ['numbers', multiplyDims([2, 3]), 6],
    ['a number and a symbol', multiplyDims([7, 'N', 7]), '49*N'],
    ['symbols in any order', multiplyDims(['W', 2, 'H']), '2*H*W'],
    ['nothing with anything', multiplyDims(['N', 0]), 0],
    ['a sum', multiplyDims([2, '(N + 1)']), '2*(N + 1)'],
  ])('multiplies %s', (_, product, expected) => expect(product).toBe(expected));

  test('divides what was multiplied, and only that', () => {
    expect(divideDims('49*N', 49)).toBe('N');
    expect(divideDims('2*H*W', 'W')).toBe('2*H');
    expect(divideDims('2*(N + 1)', '(N + 1)')).toBe(2);
    expect(divideDims('N', 2)).toBeUndefined();
    expect(divideDims('N', 'M')).toBeUndefined();
    expect(divideDims(5, 0)).toBeUndefined();
    expect(ratioOfDims('6*N', '4*N')).toBe(1.5);
    expect(ratioOfDims('6*N', 4)).toBeUndefined();
  });

  test('adds and subtracts, so that what came in goes out again', () => {
    expect(addDims('N', 1)).toBe('(N + 1)');
    expect(addDims('(N + 1)', -1)).toBe('N');
    expect(addDims('N', 'N')).toBe('2*N');
    expect(addDims('M', 'N')).toBe(addDims('N', 'M'));
    expect(subtractDims('N', 'N')).toBe(0);
    expect(addDims(subtractDims(100, 'found'), 'found')).toBe(100);
    expect(subtractDims(addDims(multiplyDims([2, 'N']), 'M'), 'M')).toBe('2*N');
  });

  test('rounds where a division does not come out even', () => {
    expect(floorDivideDim(7, 2)).toBe(3);
    expect(floorDivideDim('4*N', 2)).toBe('2*N');
    expect(floorDivideDim('(H + 1)', 2)).toBe('floor((H + 1)/2)');
    expect(ceilDivideDim(7, 2)).toBe(4);
    expect(ceilDivideDim('H', 2)).toBe('ceil(H/2)');
    expect(ceilDivideDim(ceilDivideDim('H', 2), 3)).toBe('ceil(H/6)');
    expect(floorDivideDim(ceilDivideDim('H', 2), 3)).toBe('floor(ceil(H/2)/3)');
  });

  test('broadcasts as numpy does', () => {
    expect(broadcastDims(1, 'N')).toBe('N');
    expect(broadcastDims('N', 'N')).toBe('N');
    expect(broadcastDims('N', 3)).toBe(3);
    expect(broadcastDims('N', 'M')).toBe('max(M, N)');
    expect(broadcastDims('max(M, N)', 'M')).toBe('max(M, N)');
    expect(broadcastDims(broadcastDims('A', 'C'), 'B')).toBe('max(A, B, C)');
    expect(() => broadcastDims(2, 3)).toThrow(RangeError);
  });
});
