import { connect, type Socket } from 'node:net';
import type { AbuseOutcome, AbuseTarget } from './abuse-case.ts';
import { head } from './raw-exchange.ts';
import { OPCODE, takeServerFrame, type ServerFrame } from './web-socket-frames.ts';

const UPGRADE = [
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  `Sec-WebSocket-Key: ${Buffer.alloc(16, 'k').toString('base64')}`,
];

/** What to do with a stream. */
export interface StreamAttempt {
  readonly path?: string;
  readonly headers?: readonly string[];
  /** Called once the stream is open; where it is refused, the answer's status is the outcome. */
  readonly talk?: (socket: Socket) => void;
}

/** What a server's frame says of the attempt: a close code, or the status of a problem. */
const outcomeOf = ({ opcode, payload }: ServerFrame): AbuseOutcome | undefined => {
  if (opcode === OPCODE.close) return payload.byteLength >= 2 ? payload.readUInt16BE(0) : 'closed';
  if (opcode !== OPCODE.text) return undefined;
  const answer = JSON.parse(payload.toString()) as { readonly problem?: { readonly status: number } };
  return answer.problem?.status;
};

/** Opens a stream by hand, so that bytes can be sent on it that no WebSocket client would send. */
export const streamExchange = (
  { host, port }: AbuseTarget,
  { path = '/v1/stream', headers = [], talk = () => undefined }: StreamAttempt,
): Promise<AbuseOutcome> =>
  new Promise((resolve) => {
    const socket = connect(port, host);
    let bytes: Buffer = Buffer.alloc(0);
    let isOpen = false;
    const settle = (outcome: AbuseOutcome): void => {
      socket.destroy();
      resolve(outcome);
    };
    const open = (): void => {
      const end = bytes.indexOf('\r\n\r\n');
      if (end < 0) return;
      const status = Number(bytes.toString('latin1', 9, 12));
      if (status !== 101) return settle(status);
      bytes = bytes.subarray(end + 4);
      isOpen = true;
      talk(socket);
    };
    const read = (): void => {
      for (let taken = takeServerFrame(bytes); taken !== undefined; taken = takeServerFrame(bytes)) {
        bytes = taken.rest;
        const outcome = outcomeOf(taken.frame);
        if (outcome !== undefined) return settle(outcome);
      }
    };
    socket.on('data', (chunk) => {
      bytes = Buffer.concat([bytes, chunk]);
      if (!isOpen) open();
      if (isOpen) read();
    });
    socket.on('error', () => undefined).on('close', () => settle('closed'));
    socket.on('connect', () => socket.write(head(`GET ${path}`, [...UPGRADE, ...headers])));
  });
