import { runLibrary } from './run-library.ts';

test('says why a process gave no result', async () => {
  await expect(runLibrary('nothing', 1)).resolves.toEqual({
    reason: 'RangeError: There is no library "nothing".',
  });
});
