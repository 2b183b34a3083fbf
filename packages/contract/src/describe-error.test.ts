import { describeError } from './describe-error.ts';
import { MienError } from './mien-error.ts';

test('an error raised on purpose is one line, with its cause', () => {
  const error = new MienError('No folder "x".\nPass --data.', { cause: new Error('ENOENT: x\nmore') });
  expect(describeError(error)).toBe('No folder "x". Pass --data. (ENOENT: x)');
});

test('a cause that the error quotes is not said twice', () => {
  const error = new MienError('Cannot build it (no units).', { cause: new Error('no units') });
  expect(describeError(error)).toBe('Cannot build it (no units).');
});

test('a defect is named as one and says how to see more', () => {
  expect(describeError(new TypeError('x is not a function'))).toBe(
    'Unexpected TypeError: x is not a function. Run again with --verbose for the stack trace.',
  );
});

test('verbose shows the stack', () => {
  expect(describeError(new MienError('bad'), { verbose: true })).toMatch(/bad\n\s+at /u);
});

test('something thrown that is no error is still shown', () => {
  expect(describeError('plain words')).toBe('plain words');
});
