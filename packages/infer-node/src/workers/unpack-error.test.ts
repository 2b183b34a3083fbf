import { GoldenMismatchError, isMienError, packError, type MienError } from '@mien/contract';
import { InvalidFrameError, InvalidGraphOutputError } from '@mien/pipeline';
import { ImageTooLargeError, UndecodableImageError, UnreadableImageError } from '../image/image-errors.ts';
import { InvalidModelError } from '../model/invalid-model-error.ts';
import { DeviceUnavailableError } from '../session/device.ts';
import { InvalidTensorError } from './invalid-tensor-error.ts';
import { unpackError } from './unpack-error.ts';

describe('an error that is packed, posted and unpacked', () => {
  test.each<MienError>([
    new DeviceUnavailableError('cuda', 'no card'),
    new GoldenMismatchError(0.5, 0.1),
    new ImageTooLargeError('face.png', 'maxBytes', 10, 11),
    new InvalidFrameError({ widthPx: 1, heightPx: 1, rgba: new Uint8Array(3) }),
    new InvalidGraphOutputError('probabilities', 'is missing'),
    new InvalidModelError('bad bytes'),
    new InvalidTensorError('pixels', 'is missing'),
    new UndecodableImageError('face.png', 'it is empty'),
    new UnreadableImageError('face.png', 'there is no such file'),
  ])('keeps class, message and fields: $name', (error) => {
    const unpacked = unpackError(structuredClone(packError(error)));
    expect(unpacked).toBeInstanceOf(error.constructor);
    expect(isMienError(unpacked)).toBe(true);
    expect(unpacked.name).toBe(error.name);
    expect(unpacked.message).toBe(error.message);
    expect(Object.entries(unpacked)).toEqual(Object.entries(error));
  });

  test('stays a plain error where it was a defect, with the stack of where it happened', () => {
    const defect = new TypeError('x is not a function');
    const unpacked = unpackError(structuredClone(packError(defect)));
    expect(isMienError(unpacked)).toBe(false);
    expect(unpacked.message).toBe('x is not a function');
    expect(unpacked.stack).toBe(defect.stack);
  });

  test('takes what is thrown without being an error', () => {
    expect(unpackError(packError('no')).message).toBe('no');
  });
});
