import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { BodyMemoryFullError, BodyTooLargeError, MalformedBodyError } from '../problem/request-errors.ts';
import { BodyAllowance, BodyMemory } from './body-memory.ts';
import { collectBody } from './collect-body.ts';

const body = (...sizes: readonly number[]): Readable =>
  Readable.from(sizes.map((size, index) => Buffer.alloc(size, index + 1)));

describe('collecting a body', () => {
  test('gives its bytes in their order, and counts them until they are given back', async () => {
    const memory = new BodyMemory(100);
    const allowance = new BodyAllowance(memory, 10);
    await expect(collectBody(body(2, 3), allowance)).resolves.toEqual(Buffer.of(1, 1, 2, 2, 2));
    expect(memory.bytes).toBe(5);
    allowance.releaseAll();
    allowance.releaseAll();
    expect(memory.bytes).toBe(0);
  });

  test('takes as much as is allowed and not a byte more', async () => {
    const memory = new BodyMemory(100);
    await expect(collectBody(body(5, 5), new BodyAllowance(memory, 10))).resolves.toHaveLength(10);
    await expect(collectBody(body(5, 6), new BodyAllowance(memory, 10))).rejects.toThrow(BodyTooLargeError);
  });

  test('counts all parts of one request together', async () => {
    const allowance = new BodyAllowance(new BodyMemory(100), 10);
    await collectBody(body(6), allowance);
    await expect(collectBody(body(6), allowance)).rejects.toThrow(
      'The body is too large: at most 10 bytes. Send less, or in several requests.',
    );
  });

  test('counts the requests together', async () => {
    const memory = new BodyMemory(12);
    const first = new BodyAllowance(memory, 10);
    const second = new BodyAllowance(memory, 10);
    await collectBody(body(8), first);
    await expect(collectBody(body(8), second)).rejects.toThrow(BodyMemoryFullError);
    first.releaseAll();
    await expect(collectBody(body(8), second)).resolves.toHaveLength(8);
  });

  test('reads a body that is too large to its end, so that the client gets to hear of it', async () => {
    const large = body(20, 20, 20);
    await expect(collectBody(large, new BodyAllowance(new BodyMemory(100), 10))).rejects.toThrow(
      BodyTooLargeError,
    );
    await finished(large);
    expect(large.readableEnded).toBe(true);
  });

  test('fails where the client goes in the middle', async () => {
    const broken = new Readable({ read: () => undefined });
    const collected = collectBody(broken, new BodyAllowance(new BodyMemory(100), 10));
    broken.push(Buffer.alloc(3));
    broken.destroy();
    await expect(collected).rejects.toThrow(MalformedBodyError);
  });
});
