import { fileVersionEvent, scalarEvent } from './tensorboard-event.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

// Expected bytes: SerializeToString() of the same messages by tensorboard 2.21 (Python).
describe('fileVersionEvent', () => {
  test('has the bytes that TensorBoard gives it', () => {
    expect(hex(fileVersionEvent(1700000000.25))).toBe('0900001040fc54d9411a0d627261696e2e4576656e743a32');
  });
});

describe('scalarEvent', () => {
  test('has the bytes that TensorBoard gives it', () => {
    const event = scalarEvent({
      wallTime: 1700000000.25,
      step: 300,
      tag: 'validation/accuracy',
      value: 0.8125,
    });
    expect(hex(event)).toBe(
      '0900001040fc54d94110ac022a1c0a1a0a1376616c69646174696f6e2f6163637572616379150000503f',
    );
  });
});
