import { createLane } from './lane.ts';

const turns = async (count: number): Promise<void> => {
  for (let turn = 0; turn < count; turn++) await Promise.resolve();
};

describe('a lane', () => {
  test('runs tasks one at a time and in order, however long each takes', async () => {
    const lane = createLane();
    const log: string[] = [];
    const task = (name: string, length: number) => async (): Promise<string> => {
      log.push(`${name} starts`);
      await turns(length);
      log.push(`${name} ends`);
      return name;
    };
    const results = await Promise.all([lane(task('a', 50)), lane(task('b', 1)), lane(task('c', 10))]);
    expect(results).toEqual(['a', 'b', 'c']);
    expect(log).toEqual(['a starts', 'a ends', 'b starts', 'b ends', 'c starts', 'c ends']);
  });

  test('hands a failure to the one who asked, and goes on', async () => {
    const lane = createLane();
    const wrong = lane(() => Promise.reject(new Error('broken')));
    const next = lane(() => Promise.resolve('fine'));
    await expect(wrong).rejects.toThrow('broken');
    await expect(next).resolves.toBe('fine');
  });
});
