import { MalformedBodyError, TensorRequestError } from '../problem/request-errors.ts';
import { readInput, splitMessage } from './infer-message.ts';

const json = { inputs: [] };
const text = Buffer.from(JSON.stringify(json));
const none = Buffer.alloc(0);

describe('splitting a message', () => {
  test('takes all of it for JSON where nothing else is said', () => {
    expect(splitMessage(text, undefined)).toEqual({ json, bytes: none });
  });

  test('parts JSON from the bytes after it', () => {
    const message = Buffer.concat([text, Buffer.of(1, 2, 3)]);
    expect(splitMessage(message, `${text.byteLength}`)).toEqual({ json, bytes: Buffer.of(1, 2, 3) });
  });

  test.each(['-1', '1e1', 'x', '', `${text.byteLength + 1}`, `${text.byteLength - 1}`])(
    'refuses a length of %j',
    (length) => {
      expect(() => splitMessage(text, length)).toThrow(MalformedBodyError);
    },
  );
});

const floats = [0.5, -1, 1e-3, 3e38, 0, 7];
const input = { name: 'x', shape: [2, 3], datatype: 'FP32' };
const littleEndian = (): Buffer => {
  const bytes = Buffer.alloc(24);
  for (const [index, value] of floats.entries()) bytes.writeFloatLE(value, index * 4);
  return bytes;
};

describe('reading an input', () => {
  test.each<[string, readonly unknown[]]>([
    ['flat', floats],
    ['nested', [floats.slice(0, 3), floats.slice(3)]],
  ])('takes %s numbers of the JSON', (_, data) => {
    expect([...readInput({ ...input, data }, none)]).toEqual(floats.map(Math.fround));
  });

  test('takes little-endian bytes, wherever they begin', () => {
    const bytes = Buffer.concat([Buffer.of(9), littleEndian()]).subarray(1);
    const binary = { ...input, parameters: { binary_data_size: 24 } };
    expect([...readInput(binary, bytes)]).toEqual(floats.map(Math.fround));
  });

  test.each<[string, object, Buffer]>([
    ['too few numbers', { data: [1] }, none],
    ['too many numbers', { data: [...floats, 1] }, none],
    ['no numbers at all', {}, none],
    ['something else than numbers', { data: [1, 2, 3, 4, 5, '6'] }, none],
    ['numbers that are nested too deep', { data: [[[1, 2, 3, 4, 5, 6]]] }, none],
    ['too few bytes', { parameters: { binary_data_size: 24 } }, Buffer.alloc(20)],
    ['too many bytes', { parameters: { binary_data_size: 24 } }, Buffer.alloc(28)],
    ['a size that is not that of its shape', { parameters: { binary_data_size: 20 } }, Buffer.alloc(20)],
    ['bytes that nobody asked for', { data: floats }, Buffer.alloc(4)],
  ])('refuses %s', (_, more, bytes) => {
    expect(() => readInput({ ...input, ...more }, bytes)).toThrow(TensorRequestError);
  });
});
