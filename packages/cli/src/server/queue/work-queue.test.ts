import { TooManyWaitingError } from '../problem/request-errors.ts';
import { WorkQueue } from './work-queue.ts';

const never = new AbortController().signal;

/** Work that ends when it is told to, and a queue for it. */
const createBench = ({ concurrency, limit }: { readonly concurrency: number; readonly limit: number }) => {
  const begun: string[] = [];
  const ends = new Map<string, (error?: Error) => void>();
  const waits: number[] = [];
  const services: number[] = [];
  const queue = new WorkQueue({
    limit,
    observer: { waited: (seconds) => waits.push(seconds), served: (seconds) => services.push(seconds) },
  });
  queue.open(concurrency);
  const run = (name: string, signal: AbortSignal = never): Promise<string> =>
    queue.run(() => {
      begun.push(name);
      return new Promise((resolve, reject) => {
        ends.set(name, (error) => (error === undefined ? resolve(name) : reject(error)));
      });
    }, signal);
  /** Ends a piece of work, and lets what waits for that go on. */
  const end = async (name: string, error?: Error): Promise<void> => {
    ends.get(name)?.(error);
    await new Promise(setImmediate);
  };
  return { queue, run, end, begun, waits, services };
};

const settle = (): Promise<unknown> => new Promise(setImmediate);

describe('a work queue', () => {
  test('begins as much as it may at once, and the rest in the order in which it came', async () => {
    const { queue, run, end, begun } = createBench({ concurrency: 2, limit: 9 });
    const all = ['a', 'b', 'c', 'd'].map((name) => run(name));
    await settle();
    expect(begun).toEqual(['a', 'b']);
    expect([queue.running, queue.depth]).toEqual([2, 2]);
    await end('b');
    expect(begun).toEqual(['a', 'b', 'c']);
    await end('a');
    await end('d');
    await end('c');
    await expect(Promise.all(all)).resolves.toEqual(['a', 'b', 'c', 'd']);
    expect([queue.running, queue.depth]).toEqual([0, 0]);
  });

  test('refuses what finds no place, and takes it once there is one', async () => {
    const { queue, run, end } = createBench({ concurrency: 1, limit: 1 });
    const first = run('first');
    const second = run('second');
    await settle();
    await expect(run('third')).rejects.toThrow(TooManyWaitingError);
    await expect(run('third')).rejects.toMatchObject({ waiting: 1, retryAfterSeconds: 1 });
    await end('first');
    const third = run('third');
    expect(queue.depth).toBe(1);
    await end('second');
    await end('third');
    await expect(Promise.all([first, second, third])).resolves.toHaveLength(3);
  });

  test('says whether there is room for several before any of them is begun', () => {
    const { queue, run } = createBench({ concurrency: 2, limit: 3 });
    void run('one');
    expect(queue.free).toBe(4);
    expect(() => queue.requirePlaces(4)).not.toThrow();
    expect(() => queue.requirePlaces(5)).toThrow(TooManyWaitingError);
  });

  test('lets go of what nobody waits for any more, and gives its place away', async () => {
    const { queue, run, end, begun } = createBench({ concurrency: 1, limit: 1 });
    const first = run('first');
    const gone = new AbortController();
    const second = run('second', gone.signal);
    const reason = new Error('the client went away');
    gone.abort(reason);
    await expect(second).rejects.toBe(reason);
    expect(queue.depth).toBe(0);
    const third = run('third');
    await end('first');
    await end('third');
    await Promise.all([first, third]);
    expect(begun).toEqual(['first', 'third']);
  });

  test('does not begin what was given up before it came', async () => {
    const { run, begun } = createBench({ concurrency: 1, limit: 1 });
    const reason = new Error('too late');
    await expect(run('late', AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(begun).toEqual([]);
  });

  test('goes on after work that fails, and tells how long everything waited and took', async () => {
    const { run, end, waits, services } = createBench({ concurrency: 1, limit: 2 });
    const bad = run('bad');
    const good = run('good');
    await settle();
    await Promise.all([expect(bad).rejects.toThrow('broken'), end('bad', new Error('broken'))]);
    await end('good');
    await expect(good).resolves.toBe('good');
    expect([waits.length, services.length]).toEqual([2, 2]);
    for (const seconds of [...waits, ...services]) expect(seconds).toBeGreaterThanOrEqual(0);
  });

  test('begins nothing before it is opened', async () => {
    const queue = new WorkQueue({ limit: 5, observer: { waited: () => 0, served: () => 0 } });
    const work = queue.run(() => Promise.resolve('done'), never);
    await settle();
    expect([queue.running, queue.depth]).toEqual([0, 1]);
    queue.open(1);
    await expect(work).resolves.toBe('done');
  });
});
