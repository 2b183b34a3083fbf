import type { Random } from '@mien/contract';
import type { AbuseCase } from './abuse-case.ts';
import { streamExchange } from './stream-exchange.ts';
import { clientFrame, OPCODE } from './web-socket-frames.ts';

const PROTOCOL_ERROR = 1002;
const UNSUPPORTED = 1003;
const NO_UTF8 = 1007;
const TOO_LARGE = 1009;

const randomBytes = (length: number, random: Random): Buffer =>
  Buffer.from(Array.from({ length }, () => random.integer(256)));

/** A case that sends bytes on an open stream. */
const sends = (
  name: string,
  expected: AbuseCase['expected'],
  bytes: (random: Random) => Uint8Array,
  path?: string,
): AbuseCase => ({
  name,
  expected,
  attempt: (target, random) =>
    streamExchange(target, {
      ...(path === undefined ? {} : { path }),
      talk: (socket) => socket.write(bytes(random)),
    }),
});

const tooLarge = (): Buffer => {
  const header = clientFrame(OPCODE.binary, Buffer.alloc(0));
  header.writeBigUInt64BE(2n ** 40n, 2);
  return header;
};

/** Streams that are opened wrongly, or used for what they are not for. */
export const streamCases: readonly AbuseCase[] = [
  sends('a stream of text', [UNSUPPORTED], () => clientFrame(OPCODE.text, Buffer.from('{"image":"abcd"}'))),
  sends('a stream of text that is no UTF-8', [NO_UTF8], () =>
    clientFrame(OPCODE.text, Buffer.of(0xff, 0xfe)),
  ),
  sends('a stream of what is no image', [422], (random) =>
    clientFrame(OPCODE.binary, randomBytes(1 + random.integer(2000), random)),
  ),
  sends('a stream of empty frames', [422], () => clientFrame(OPCODE.binary, Buffer.alloc(0))),
  sends('a frame of a terabyte', [TOO_LARGE], tooLarge),
  sends('a frame without a mask', [PROTOCOL_ERROR], () => Buffer.of(0x82, 1, 0)),
  sends('a frame of no kind', [PROTOCOL_ERROR], (random) =>
    clientFrame(3 + random.integer(5), Buffer.alloc(0)),
  ),
  sends('a frame that says it is compressed', [PROTOCOL_ERROR], () =>
    clientFrame(0x40 | OPCODE.binary, Buffer.alloc(9)),
  ),
  sends('a stream that ends with a code that is none', [PROTOCOL_ERROR], () =>
    clientFrame(OPCODE.close, Buffer.of(0, 5)),
  ),
  sends(
    'a frame that is to bring its time and does not',
    [400],
    () => clientFrame(OPCODE.binary, Buffer.of(1, 2, 3)),
    '/v1/stream?clock=client',
  ),
  {
    name: 'a stream that breaks off in the middle of a frame',
    expected: ['closed'],
    attempt: (target) =>
      streamExchange(target, {
        talk: (socket) => {
          const whole = clientFrame(OPCODE.binary, target.image);
          socket.write(whole.subarray(0, whole.byteLength / 2), () => socket.resetAndDestroy());
        },
      }),
  },
  {
    name: 'a stream with a query that is wrong',
    expected: [400],
    attempt: (target) => streamExchange(target, { path: '/v1/stream?clock=sundial' }),
  },
  {
    name: 'a stream that a page of another origin opens',
    expected: [403],
    attempt: (target) => streamExchange(target, { headers: ['Origin: https://evil.example'] }),
  },
  {
    name: 'a stream where there are none',
    expected: [400, 404, 405, 'closed'],
    attempt: (target) =>
      streamExchange(target, {
        path: '/v1/model',
        talk: (socket) => socket.write(clientFrame(OPCODE.binary, Buffer.alloc(1))),
      }),
  },
];
