import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { AbuseCase, AbuseOutcome, AbuseTarget } from './abuse-case.ts';
import { head, rawExchange } from './raw-exchange.ts';

const POST = 'POST /v1/recognize';
const JPEG = 'Content-Type: image/jpeg';

/** Sends the beginning of an upload and goes away, politely or not. */
const leave = async (
  { host, port, image }: AbuseTarget,
  share: number,
  abruptly: boolean,
): Promise<AbuseOutcome> => {
  const socket = connect(port, host);
  await once(socket, 'connect');
  socket.on('error', () => undefined).resume();
  socket.write(head(POST, [JPEG, `Content-Length: ${image.byteLength}`]));
  socket.write(image.slice(0, Math.ceil(image.byteLength * share)));
  await wait(1);
  if (abruptly) socket.resetAndDestroy();
  else socket.end();
  await once(socket, 'close');
  return 'closed';
};

/** Connections that are too slow, too short, or no HTTP at all. */
export const connectionCases: readonly AbuseCase[] = [
  {
    name: 'a connection that is reset during an upload',
    expected: ['closed'],
    attempt: (target, random) => leave(target, random.uniform(0, 0.99), true),
  },
  {
    name: 'a connection that ends during an upload',
    expected: ['closed'],
    attempt: (target, random) => leave(target, random.uniform(0, 0.99), false),
  },
  {
    name: 'a client that goes before its answer',
    expected: ['closed'],
    attempt: (target) => leave(target, 1, true),
  },
  {
    name: 'bytes that are no HTTP',
    expected: [400],
    attempt: (target, random) =>
      rawExchange(target, (socket) => {
        socket.write(Buffer.from(Array.from({ length: 64 }, () => 128 + random.integer(128))));
        socket.write('\r\n\r\n');
      }),
  },
  {
    name: 'headers without end',
    expected: [431],
    attempt: (target) =>
      rawExchange(target, (socket) => {
        socket.write(head(POST, [`X-Long: ${'x'.repeat(100_000)}`]));
      }),
  },
  {
    name: 'two lengths of one body',
    expected: [400],
    attempt: (target) =>
      rawExchange(target, (socket) => {
        socket.write(head(POST, [JPEG, 'Content-Length: 4', 'Transfer-Encoding: chunked']));
        socket.write('0\r\n\r\n');
      }),
  },
  {
    name: 'a length that is none',
    expected: [400],
    attempt: (target, random) => {
      const lengths = ['-1', '1e3', '99999999999999999999', 'x'];
      return rawExchange(target, (socket) => {
        socket.write(head(POST, [JPEG, `Content-Length: ${lengths[random.integer(lengths.length)]}`]));
      });
    },
  },
  {
    name: 'chunks that are none',
    expected: [400],
    attempt: (target) =>
      rawExchange(target, (socket) => {
        socket.write(head(POST, [JPEG, 'Transfer-Encoding: chunked']));
        socket.write('zz\r\nabc\r\n');
      }),
  },
  {
    name: 'a body in chunks that does not end',
    expected: [413],
    attempt: (target) =>
      rawExchange(target, async (socket) => {
        socket.write(head(POST, [JPEG, 'Transfer-Encoding: chunked']));
        const chunk = Buffer.concat([Buffer.from('100000\r\n'), Buffer.alloc(2 ** 20), Buffer.from('\r\n')]);
        for (let bytes = 0; bytes <= target.maxBodyBytes && !socket.destroyed; bytes += 2 ** 20) {
          if (!socket.write(chunk)) await Promise.race([once(socket, 'drain'), once(socket, 'close')]);
        }
      }),
  },
  {
    name: 'a body that trickles in',
    expected: [408],
    slow: true,
    attempt: (target) =>
      rawExchange(target, async (socket) => {
        socket.write(head(POST, [JPEG, 'Content-Length: 100000']));
        while (!socket.destroyed) {
          socket.write('x');
          await wait(200);
        }
      }),
  },
  {
    name: 'headers that trickle in',
    expected: [408],
    slow: true,
    attempt: (target) =>
      rawExchange(target, async (socket) => {
        socket.write(`${POST} HTTP/1.1\r\nHost: localhost\r\n`);
        while (!socket.destroyed) {
          socket.write('X-A: b\r\n');
          await wait(200);
        }
      }),
  },
  {
    name: 'a form that stops in the middle of an image',
    expected: [408],
    slow: true,
    attempt: (target) =>
      rawExchange(target, (socket) => {
        socket.write(head(POST, ['Content-Type: multipart/form-data; boundary=b', 'Content-Length: 100000']));
        socket.write('--b\r\nContent-Disposition: form-data; name="a"; filename="a"\r\n\r\nabc');
      }),
  },
];
