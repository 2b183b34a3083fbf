import { GoldenMismatchError, packError } from '@mien/contract';
import { InvalidCropSizeError } from '@mien/pipeline';
import { UndecodableImageError } from '../image/image-errors.ts';
import { AssetError } from '../load/asset-error.ts';
import { RuntimeStartError } from '../runtime/runtime-start-error.ts';
import { unpackError } from './unpack-error.ts';

const post = (error: unknown): Error => unpackError(structuredClone(packError(error)));

describe('an error on its way from the worker', () => {
  test.each([
    [new AssetError('the model', 'https://example.org/model.onnx', 'HTTP 404')],
    [new GoldenMismatchError(0.5, 1e-4)],
    [new InvalidCropSizeError(-1)],
    [new RuntimeStartError('WebAssembly', 'no memory')],
    [new UndecodableImageError('the file "notes.txt"')],
  ])('keeps class, message and fields of %s', (error) => {
    const received = post(error);
    expect(received).toBeInstanceOf(error.constructor);
    expect(received.message).toBe(error.message);
    expect(Object.entries(received)).toEqual(Object.entries(error));
  });

  test('is a plain error with the stack of the worker where it was not raised on purpose', () => {
    const defect = new TypeError('undefined is not a function');
    const received = post(defect);
    expect(received.constructor).toBe(Error);
    expect(received).toMatchObject({ message: defect.message, stack: defect.stack });
  });

  test('says what was thrown where that is no error', () => {
    expect(post('out of order').message).toBe('out of order');
  });
});
