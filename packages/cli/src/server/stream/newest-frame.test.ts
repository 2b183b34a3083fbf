import { NewestFrame } from './newest-frame.ts';

describe('the place for the newest frame', () => {
  test('gives what was put there, and says when an older one was lost', async () => {
    const newest = new NewestFrame<string>();
    expect(newest.put('a')).toBe(false);
    expect(newest.put('b')).toBe(true);
    await expect(newest.take()).resolves.toBe('b');
    expect(newest.put('c')).toBe(false);
    await expect(newest.take()).resolves.toBe('c');
  });

  test('lets whoever takes wait for the next', async () => {
    const newest = new NewestFrame<string>();
    const taken = newest.take();
    newest.put('late');
    await expect(taken).resolves.toBe('late');
  });

  test('ends for whoever waits, and drops what lies there', async () => {
    const waiting = new NewestFrame<string>();
    const taken = waiting.take();
    waiting.close();
    await expect(taken).resolves.toBeUndefined();
    const full = new NewestFrame<string>();
    full.put('a');
    full.close();
    await expect(full.take()).resolves.toBeUndefined();
  });
});
