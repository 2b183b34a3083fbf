import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** What an id may be that someone else has given: it goes into the log and back into a header. */
const SANE = /^[\w.:-]{1,128}$/u;

/** The id of a request: the one that came with it as `X-Request-Id`, where that is sane; a new one otherwise. */
export const requestId = ({ headers }: IncomingMessage): string => {
  const given = headers['x-request-id'];
  return typeof given === 'string' && SANE.test(given) ? given : randomUUID();
};
