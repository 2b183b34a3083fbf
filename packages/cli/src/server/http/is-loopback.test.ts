import { isLoopback } from './is-loopback.ts';

test.each([
  ['127.0.0.1', true],
  ['127.8.8.8', true],
  ['::1', true],
  ['localhost', true],
  ['0.0.0.0', false],
  ['::', false],
  ['192.168.1.4', false],
  ['example.org', false],
])('the address %s is reachable from its own machine alone: %s', (host, expected) => {
  expect(isLoopback(host)).toBe(expected);
});
