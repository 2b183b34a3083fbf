import type { IncomingMessage } from 'node:http';
import { requestId } from './request-id.ts';

const idOf = (given?: string): string =>
  requestId({ headers: { 'x-request-id': given } } as unknown as IncomingMessage);

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/u;

describe('the id of a request', () => {
  test.each(['abc', '0af7651916cd43dd-8448:1', 'a'.repeat(128)])('is %j where that came with it', (given) => {
    expect(idOf(given)).toBe(given);
  });

  test.each([undefined, '', 'a b', 'a\nb', '{"level":60}', 'é', 'a'.repeat(129)])(
    'is a new one for %j',
    (given) => {
      expect(idOf(given)).toMatch(UUID);
    },
  );

  test('is never the same twice', () => {
    expect(idOf()).not.toBe(idOf());
  });
});
