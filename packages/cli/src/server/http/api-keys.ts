import { MienError } from '@mien/contract';
import type { FastifyRequest } from 'fastify';
import { createHash, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';

const MIN_LENGTH = 16;

/** An API key is too short to be one, or the file of keys cannot be used. */
export class InvalidApiKeyError extends MienError {
  override readonly name = 'InvalidApiKeyError';
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * Takes the keys out of a text, one a line; empty lines and those that begin with # do not count.
 *
 * @throws {InvalidApiKeyError} when there is none, or one is easy to guess for its length.
 */
export const parseApiKeys = (text: string, source: string): string[] => {
  const keys = text
    .split(/\r?\n/u)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  if (keys.length === 0)
    throw new InvalidApiKeyError(`There is no API key in ${source}. Put one on a line of its own.`);
  if (keys.some((key) => key.length < MIN_LENGTH))
    throw new InvalidApiKeyError(
      `An API key in ${source} is shorter than ${MIN_LENGTH} characters. Make one with "openssl rand -hex 32".`,
    );
  return keys;
};

/** Reads a file of keys. @throws {InvalidApiKeyError} when it cannot be read, and what {@link parseApiKeys} throws. */
export const readApiKeyFile = (path: string): string[] => {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new InvalidApiKeyError(`Cannot read the API keys: ${(error as Error).message}.`, { cause: error });
  }
  return parseApiKeys(text, path);
};

const keyOf = ({ headers }: FastifyRequest): string | undefined => {
  const bearer = /^Bearer +(\S+)$/iu.exec(headers.authorization ?? '')?.[1];
  const header = headers['x-api-key'];
  return bearer ?? (typeof header === 'string' ? header : undefined);
};

/**
 * Tells whether a request has one of the keys. Compared are digests, all of them and each to its end, so that the time
 * that it takes says nothing about a key.
 */
export const createKeyCheck = (keys: readonly string[]): ((request: FastifyRequest) => boolean) => {
  const known = keys.map(digest);
  return (request) => {
    const key = keyOf(request);
    if (key === undefined) return false;
    const given = digest(key);
    return known.map((one) => timingSafeEqual(one, given)).includes(true);
  };
};
