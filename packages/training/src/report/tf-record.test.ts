import { tfRecord } from './tf-record.ts';

describe('tfRecord', () => {
  test('frames a message as TensorBoard does', () => {
    // RecordWriter.write() of the same bytes by tensorboard 2.21 (Python).
    const message = '0900001040fc54d94110ac022a1c0a1a0a1376616c69646174696f6e2f6163637572616379150000503f';
    expect(Buffer.from(tfRecord(Buffer.from(message, 'hex'))).toString('hex')).toBe(
      `2a00000000000000ae8d91f5${message}188ad6e6`,
    );
  });
});
