import { connect, type Socket } from 'node:net';
import type { AbuseOutcome, AbuseTarget } from './abuse-case.ts';

/**
 * Writes onto a connection what no HTTP client would.
 *
 * @param talk writes, and may wait between; what it does to the socket after the answer is nobody's concern.
 * @returns the status of the answer, as soon as it begins; `closed` where the connection ends without one.
 */
export const rawExchange = (
  { host, port }: AbuseTarget,
  talk: (socket: Socket) => void | Promise<void>,
): Promise<AbuseOutcome> =>
  new Promise((resolve) => {
    const socket = connect(port, host);
    let answer = '';
    const settle = (outcome: AbuseOutcome): void => {
      socket.destroy();
      resolve(outcome);
    };
    socket.setEncoding('latin1').on('data', (text: string) => {
      answer += text;
      // An interim answer such as 100 is not the answer yet.
      const status = /HTTP\/1\.1 ([2-5]\d\d)/u.exec(answer)?.[1];
      if (status !== undefined) settle(Number(status));
    });
    socket.on('error', () => undefined).on('close', () => settle('closed'));
    socket.on('connect', () => {
      Promise.resolve(talk(socket)).catch(() => settle('closed'));
    });
  });

/** The head of a request, with a header for the host. */
export const head = (request: string, headers: readonly string[] = []): string =>
  [`${request} HTTP/1.1`, 'Host: localhost', ...headers, '', ''].join('\r\n');
