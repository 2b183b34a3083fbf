import { Command } from 'commander';
import { addFitFlags } from './add-fit-flags.ts';
import { modeOf, type FitFlags } from './fit-flags.ts';

const parse = (...args: string[]): FitFlags =>
  addFitFlags(new Command())
    .exitOverride()
    .configureOutput({ writeErr: () => undefined })
    .parse(args, { from: 'user' })
    .opts<FitFlags>();

test.each([
  ['new', []],
  ['resume', ['--resume']],
  ['resume', ['--accept-new-code']],
  ['fresh', ['--fresh']],
] as const)('what is done about an earlier run is %s with %j', (mode, args) => {
  expect(modeOf(parse(...args))).toBe(mode);
});

test.each([['--resume'], ['--accept-new-code']])('%s contradicts --fresh', (flag) => {
  expect(() => parse(flag, '--fresh')).toThrow(`option '${flag}' cannot be used with option '--fresh'`);
});
