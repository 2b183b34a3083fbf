import { MalformedBodyError } from '../problem/request-errors.ts';
import { readFrame } from './stream-frame.ts';

const timed = (timeMs: number, ...image: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(timeMs);
  return Buffer.concat([bytes, Buffer.from(image)]);
};

describe('reading a frame', () => {
  test('takes the whole message for the image where the server keeps the clock', () => {
    const frame = readFrame(Buffer.of(1, 2), 3, 'server', 40.5);
    expect(frame).toEqual({ frame: 3, timeMs: 40.5, image: Buffer.of(1, 2) });
  });

  test('takes the time from the message where the client does', () => {
    const frame = readFrame(timed(1234.25, 7, 8), 1, 'client', 0);
    expect(frame).toEqual({ frame: 1, timeMs: 1234.25, image: Buffer.of(7, 8) });
  });

  test.each([Buffer.alloc(0), Buffer.alloc(7), timed(NaN), timed(Infinity)])('refuses %j', (message) => {
    expect(() => readFrame(message, 1, 'client', 0)).toThrow(MalformedBodyError);
  });
});
