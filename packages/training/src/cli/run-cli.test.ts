import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));

const NODE_ARGS =
  '--conditions=@mien/source --import ./tools/register-source.mjs --input-type=module -e'.split(' ');

/** Runs `runCli` in a process of its own, as it sets that process' exit code. */
const run = (main: string, ...args: string[]) => {
  const script = `
    import { MienError } from '@mien/contract';
    import { InterruptedError } from './packages/training/src/fit/interrupted-error.ts';
    import { runCli } from './packages/training/src/cli/run-cli.ts';
    await runCli(async () => { ${main} });`;
  const scriptArgs = args.length > 0 ? ['--', ...args] : [];
  return spawnSync(process.execPath, [...NODE_ARGS, script, ...scriptArgs], { cwd: ROOT, encoding: 'utf8' });
};

test.each([
  ['nothing wrong', '', 0, /^$/u],
  [
    'an error raised on purpose',
    "throw new MienError('No such thing. Do this.')",
    1,
    /^No such thing\. Do this\.\n$/u,
  ],
  ['a defect', 'null.x', 1, /^Unexpected TypeError: .*--verbose.*\n$/u],
  ['an interruption', 'throw new InterruptedError(1, 2, 3)', 130, /^Stopped in epoch 1.*\n$/u],
])('%s', (_, main, code, message) => {
  const { status, stderr } = run(main);
  expect(stderr).toMatch(message);
  expect(status).toBe(code);
});

test('--verbose shows where it happened', () => {
  expect(run("throw new MienError('No such thing.')", '--verbose').stderr).toMatch(
    /No such thing\.\n\s+at /u,
  );
});
