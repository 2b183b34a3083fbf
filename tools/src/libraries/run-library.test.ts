import { runLibrary } from './run-library.ts';

test('says why a process gave no result', async () => {
  const child = new URL('child.ts', import.meta.url);
  const failure = await runLibrary({ id: 'nothing', repeats: 1, child, execArgv: process.execArgv });
  expect(failure).toEqual({ reason: 'RangeError: There is no library "nothing".' });
});
