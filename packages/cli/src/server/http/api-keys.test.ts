import type { FastifyRequest } from 'fastify';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKeyCheck, InvalidApiKeyError, parseApiKeys, readApiKeyFile } from './api-keys.ts';

const KEYS = ['0123456789abcdef', 'fedcba9876543210'];
const has = createKeyCheck(KEYS);
const withHeaders = (headers: object): FastifyRequest => ({ headers }) as FastifyRequest;

describe('the check of keys', () => {
  test.each([
    [{ authorization: `Bearer ${KEYS[0]}` }, true],
    [{ authorization: `bearer  ${KEYS[1]}` }, true],
    [{ 'x-api-key': KEYS[1] }, true],
    [{}, false],
    [{ authorization: KEYS[0] }, false],
    [{ authorization: `Basic ${KEYS[0]}` }, false],
    [{ authorization: 'Bearer ' }, false],
    [{ 'x-api-key': '' }, false],
    [{ 'x-api-key': `${KEYS[0]} ` }, false],
    [{ 'x-api-key': KEYS[0]?.slice(0, -1) }, false],
    [{ 'x-api-key': KEYS }, false],
    [{ authorization: 'Bearer wrong-wrong-wrong', 'x-api-key': KEYS[0] }, false],
  ])('of %j gives %s', (headers, expected) => {
    expect(has(withHeaders(headers))).toBe(expected);
  });
});

describe('reading keys', () => {
  test('takes one a line, and neither comments nor empty lines', () => {
    expect(parseApiKeys(`# ours\r\n${KEYS[0]}\r\n\n  ${KEYS[1]}  \n`, 'keys')).toEqual(KEYS);
  });

  test.each([
    ['', 'There is no API key in keys'],
    ['# none\n', 'There is no API key in keys'],
    ['short\n', 'shorter than 16 characters'],
  ])('refuses %j without quoting it', (text, words) => {
    expect(() => parseApiKeys(text, 'keys')).toThrow(InvalidApiKeyError);
    expect(() => parseApiKeys(text, 'keys')).toThrow(words);
  });

  test('reads a file, and says when it cannot', () => {
    const folder = mkdtempSync(join(tmpdir(), 'mien-keys-'));
    try {
      const path = join(folder, 'keys.txt');
      writeFileSync(path, `${KEYS[0]}\n`);
      expect(readApiKeyFile(path)).toEqual([KEYS[0]]);
      expect(() => readApiKeyFile(join(folder, 'none.txt'))).toThrow(InvalidApiKeyError);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
