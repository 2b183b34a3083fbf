import { mapInOrder } from './map-in-order.ts';

const collect = async <Item>(items: AsyncIterable<Item>): Promise<Item[]> => {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
};

const turns = async (count: number): Promise<void> => {
  for (let turn = 0; turn < count; turn++) await Promise.resolve();
};

describe('working on several items at once', () => {
  test('gives the results in the order of the items, whichever is ready first', async () => {
    const items = [9, 1, 5, 3];
    const results = mapInOrder(items, 3, async (item) => {
      await turns(item);
      return item * 2;
    });
    expect(await collect(results)).toEqual([18, 2, 10, 6]);
  });

  test('begins no more than the limit before a result is taken, of however many items', async () => {
    let begun = 0;
    let yielded = 0;
    let most = 0;
    const items = Array.from({ length: 10_000 }, (_, index) => index);
    for await (const _ of mapInOrder(items, 5, async () => {
      begun += 1;
      most = Math.max(most, begun - yielded);
    }))
      yielded += 1;
    expect(yielded).toBe(10_000);
    expect(most).toBe(5);
  });

  test('gives what came before a failure, then fails, and begins nothing more', async () => {
    const begun: number[] = [];
    const taken: number[] = [];
    const run = async (): Promise<void> => {
      const results = mapInOrder([0, 1, 2, 3, 4, 5], 2, async (item) => {
        begun.push(item);
        if (item === 2) throw new RangeError('two');
        return item;
      });
      for await (const result of results) taken.push(result);
    };
    await expect(run()).rejects.toThrow('two');
    expect(taken).toEqual([0, 1]);
    expect(begun).toEqual([0, 1, 2, 3]);
  });
});
