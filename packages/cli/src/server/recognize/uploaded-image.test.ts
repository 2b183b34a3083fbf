import { createRandom } from '@mien/contract';
import { MalformedBodyError } from '../problem/request-errors.ts';
import { decodeBase64 } from './uploaded-image.ts';

const bytesOf = (length: number): Buffer => {
  const random = createRandom(length);
  return Buffer.from(Array.from({ length }, () => random.integer(256)));
};

describe('decodeBase64', () => {
  test.each([1, 2, 3, 4, 5, 100, 1001])('gives back %i bytes that Node encoded', (length) => {
    const bytes = bytesOf(length);
    expect(decodeBase64(bytes.toString('base64'))).toEqual(bytes);
    expect(decodeBase64(bytes.toString('base64url'))).toEqual(bytes);
    expect(decodeBase64(`data:image/png;base64,${bytes.toString('base64')}`)).toEqual(bytes);
  });

  test.each([
    '%%%%',
    'abc d',
    'a',
    'abcd\n',
    'data:image/png,abcd',
    'ab=cd',
    'abcd====',
    'https://a.b/c',
    'ä',
  ])('refuses %j', (text) => {
    expect(() => decodeBase64(text)).toThrow(MalformedBodyError);
  });
});
