/**
 * Works on several items at once and yields the results in the items' order. No more than `atOnce` items are begun and
 * not yet yielded, however many there are.
 *
 * @throws what `work` throws, once the results before it were yielded; nothing more is begun then.
 */
export async function* mapInOrder<Item, Result>(
  items: Iterable<Item>,
  atOnce: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result, void, undefined> {
  const begun: Promise<Result>[] = [];
  for (const item of items) {
    const result = work(item);
    // Whoever consumes this sees the failure in its turn; until then it is not an unhandled one.
    result.catch(() => undefined);
    begun.push(result);
    if (begun.length >= atOnce) yield await (begun.shift() as Promise<Result>);
  }
  for (const result of begun) yield await result;
}
