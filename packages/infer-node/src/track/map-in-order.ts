/** Starts the work on each item as it comes; an end by failure becomes the last piece of work, one that fails. */
async function* startEach<Item, Result>(
  items: AsyncIterable<Item>,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<{ readonly result: Promise<Result> }> {
  try {
    for await (const item of items) yield { result: work(item) };
  } catch (error) {
    yield { result: Promise.reject(error) };
  }
}

/**
 * Works on several items at a time and gives the results in the items' order. Items are taken only as fast as results
 * are; where they end by failure, the results of those before it come first.
 *
 * @param limit how many may be under way.
 * @throws what the items or the work throw; the items are closed then.
 */
export async function* mapInOrder<Item, Result>(
  items: AsyncIterable<Item>,
  limit: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const underWay: Promise<Result>[] = [];
  for await (const { result } of startEach(items, work)) {
    // Whether it fails is seen when its turn comes.
    result.catch(() => undefined);
    underWay.push(result);
    if (underWay.length >= limit) yield await (underWay.shift() as Promise<Result>);
  }
  for (const result of underWay) yield await result;
}
