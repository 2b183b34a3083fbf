import { mapInOrder } from './map-in-order.ts';

interface Job {
  readonly item: number;
  readonly finish: (error?: Error) => void;
}

/** Work that is finished by hand, in any order. */
const byHand = () => {
  const jobs: Job[] = [];
  const work = (item: number): Promise<number> =>
    new Promise((resolve, reject) => {
      jobs.push({ item, finish: (error) => (error === undefined ? resolve(item * 10) : reject(error)) });
    });
  return { jobs, work };
};

const count = async function* (to: number, log: string[] = []): AsyncGenerator<number> {
  try {
    for (let item = 1; item <= to; item++) {
      log.push(`take ${item}`);
      yield item;
    }
  } finally {
    log.push('closed');
  }
};

const collect = async (results: AsyncIterable<number>): Promise<number[]> => {
  const all: number[] = [];
  for await (const result of results) all.push(result);
  return all;
};

/** Lets every promise that can go on do so. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('mapInOrder', () => {
  test('gives results in the order of the items, whichever is done first', async () => {
    const { jobs, work } = byHand();
    const all = collect(mapInOrder(count(3), 3, work));
    await settle();
    for (const { finish } of jobs.toReversed()) finish();
    await expect(all).resolves.toEqual([10, 20, 30]);
  });

  test('keeps as many under way as it may, and takes no further item before a result is taken', async () => {
    const { jobs, work } = byHand();
    const log: string[] = [];
    const results = mapInOrder(count(10, log), 2, work);
    const first = results.next();
    await settle();
    expect(jobs).toHaveLength(2);
    expect(log).toEqual(['take 1', 'take 2']);
    jobs[0]?.finish();
    await expect(first).resolves.toMatchObject({ value: 10 });
    await settle();
    expect(log).toEqual(['take 1', 'take 2']);
    await results.return(undefined);
    expect(log).toEqual(['take 1', 'take 2', 'closed']);
  });

  test('gives what came before a failure of the items, and then fails', async () => {
    const failing = async function* (): AsyncGenerator<number> {
      yield* count(2);
      throw new Error('the film is torn');
    };
    const results = mapInOrder(failing(), 4, (item) => Promise.resolve(item * 10));
    await expect(results.next()).resolves.toMatchObject({ value: 10 });
    await expect(results.next()).resolves.toMatchObject({ value: 20 });
    await expect(results.next()).rejects.toThrow('the film is torn');
  });

  test('fails with the work, in its turn, and closes the items', async () => {
    const log: string[] = [];
    const results = mapInOrder(count(10, log), 2, (item) =>
      item === 2 ? Promise.reject(new Error('no')) : Promise.resolve(item * 10),
    );
    await expect(results.next()).resolves.toMatchObject({ value: 10 });
    await expect(results.next()).rejects.toThrow('no');
    expect(log.at(-1)).toBe('closed');
  });

  test('gives nothing of nothing', async () => {
    await expect(collect(mapInOrder(count(0), 3, (item) => Promise.resolve(item)))).resolves.toEqual([]);
  });
});
