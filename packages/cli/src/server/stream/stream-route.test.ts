import { once } from 'node:events';
import { WebSocket } from 'ws';
import { drawnFace, photograph, startTestServer } from '../running-server.test-support.ts';
import type { RunningServer } from '../start-server.ts';

let server: RunningServer;
beforeAll(async () => {
  server = await startTestServer({
    limits: { streams: 2, streamFps: 1000, frameBytes: 2 ** 20 },
    corsOrigins: ['https://app.example'],
  });
});
afterAll(() => server.close());

interface Answer {
  readonly frame: number;
  readonly skipped: number;
  readonly timeMs: number;
  readonly widthPx: number;
  readonly faces: readonly { readonly trackId: number; readonly unsure: boolean }[];
  readonly problem?: { readonly status: number; readonly type: string };
}

const open = async (query = '', origin?: string): Promise<WebSocket> => {
  const url = `${server.url.replace('http', 'ws')}/v1/stream${query}`;
  const socket = new WebSocket(url, origin === undefined ? {} : { origin });
  await once(socket, 'open');
  return socket;
};

const answer = async (socket: WebSocket): Promise<Answer> => {
  const [message] = (await once(socket, 'message')) as [Buffer];
  return JSON.parse(message.toString()) as Answer;
};

/** Sends a frame and waits for its answer. */
const ask = async (socket: WebSocket, frame: Uint8Array): Promise<Answer> => {
  const answered = answer(socket);
  socket.send(frame);
  return answered;
};

const close = async (socket: WebSocket): Promise<void> => {
  socket.close();
  await once(socket, 'close');
};

const at = (timeMs: number, image: Uint8Array): Buffer => {
  const time = Buffer.alloc(8);
  time.writeDoubleLE(timeMs);
  return Buffer.concat([time, image]);
};

describe('a stream', () => {
  test('follows faces from frame to frame, on the client’s clock', async () => {
    const socket = await open('?clock=client&maxFaces=2&unsureBelow=1&smoothingMs=200');
    const first = await ask(socket, at(1000, photograph()));
    const second = await ask(socket, at(1040, photograph()));
    expect(first).toMatchObject({ frame: 1, skipped: 0, timeMs: 1000, widthPx: 1920 });
    expect(second).toMatchObject({ frame: 2, skipped: 0, timeMs: 1040 });
    const idsOf = ({ faces }: Answer): number[] => faces.map(({ trackId }) => trackId);
    expect(idsOf(first)).toHaveLength(2);
    expect(idsOf(second)).toEqual(idsOf(first));
    expect(first.faces.every(({ unsure }) => unsure)).toBe(true);
    await close(socket);
  });

  test('keeps the clock itself where it is not told the time', async () => {
    const socket = await open();
    const first = await ask(socket, drawnFace());
    const second = await ask(socket, drawnFace());
    expect(second.timeMs).toBeGreaterThan(first.timeMs);
    await close(socket);
  });

  test('skips all but the newest frame where frames come faster than they can be looked at', async () => {
    const socket = await open();
    const frames = 30;
    const answers: Answer[] = [];
    const last = new Promise<void>((resolve) => {
      socket.on('message', (message: Buffer) => {
        answers.push(JSON.parse(message.toString()) as Answer);
        if (answers.at(-1)?.frame === frames) resolve();
      });
    });
    const image = photograph();
    for (let frame = 0; frame < frames; frame += 1) socket.send(image);
    await last;
    expect(answers.length).toBeLessThan(frames);
    expect(answers.length + answers.reduce((sum, { skipped }) => sum + skipped, 0)).toBe(frames);
    await close(socket);
  });

  test('answers a frame that is no image with a problem, and goes on', async () => {
    const socket = await open();
    await expect(ask(socket, Buffer.from('no image'))).resolves.toMatchObject({
      frame: 1,
      problem: { status: 422 },
    });
    await expect(ask(socket, drawnFace())).resolves.toMatchObject({ frame: 2, widthPx: 192 });
    await close(socket);
  });

  test('answers a time that runs backwards with a problem, and goes on', async () => {
    const socket = await open('?clock=client');
    await ask(socket, at(100, drawnFace()));
    await expect(ask(socket, at(99, drawnFace()))).resolves.toMatchObject({
      problem: { status: 400, type: 'urn:mien:problem:time-backwards' },
    });
    await expect(ask(socket, at(101, drawnFace()))).resolves.toMatchObject({ frame: 3, timeMs: 101 });
    await close(socket);
  });

  test.each<[string, string | Uint8Array, number]>([
    ['text', 'frame', 1003],
    ['a frame that is too large', Buffer.alloc(2 ** 20 + 1), 1009],
  ])('ends over %s', async (_, message, expected) => {
    const socket = await open();
    socket.send(message);
    const [code] = (await once(socket, 'close')) as [number];
    expect(code).toBe(expected);
  });

  const statusOfRefusal = (query: string, origin?: string): Promise<number> =>
    open(query, origin).then(
      () => 101,
      (error: Error) => Number(/\d{3}$/u.exec(error.message)?.[0]),
    );

  test('is refused to pages of other origins, not to those that were allowed or are the server’s own', async () => {
    await expect(statusOfRefusal('', 'https://evil.example')).resolves.toBe(403);
    for (const origin of ['https://app.example', server.url]) await close(await open('', origin));
  });

  test('is refused with a query that is wrong', async () => {
    for (const query of ['?clock=sundial', '?smoothingMs=1e999', '?maxFaces=0'])
      await expect(statusOfRefusal(query)).resolves.toBe(400);
  });

  test('is refused while there are as many as there may be', async () => {
    const both = [await open(), await open()];
    await expect(statusOfRefusal('')).resolves.toBe(503);
    await Promise.all(both.map(close));
    await close(await open());
  });
});
