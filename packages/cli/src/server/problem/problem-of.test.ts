import { AbortError, ImageTooLargeError, UndecodableImageError } from '@mien/infer-node';
import { isImageFault, problemOf, retryAfterSeconds } from './problem-of.ts';
import {
  ClientGoneError,
  DeadlineExceededError,
  MalformedBodyError,
  NoReadableImageError,
  NotReadyError,
  TooManyWaitingError,
  UnauthorizedError,
} from './request-errors.ts';

describe('the problem that an error is', () => {
  test('has a type that does not change, the status, and the error’s own words', () => {
    expect(problemOf(new UndecodableImageError('an image of 3 bytes', 'it is cut short'))).toEqual({
      type: 'urn:mien:problem:unreadable-image',
      title: 'The image cannot be read',
      status: 422,
      detail: expect.stringContaining('Cannot decode an image of 3 bytes: it is cut short.'),
    });
  });

  test.each<[Error, number, string]>([
    [new ImageTooLargeError('an image', 'maxPixels', 5, 6), 413, 'too-many-pixels'],
    [new MalformedBodyError('it is empty'), 400, 'malformed-body'],
    [new UnauthorizedError(), 401, 'unauthorized'],
    [new TooManyWaitingError(9, 4), 429, 'queue-full'],
    [new NotReadyError('draining'), 503, 'not-ready'],
    [new AbortError(new DeadlineExceededError(500)), 503, 'deadline-exceeded'],
    [new AbortError(new ClientGoneError()), 499, 'client-gone'],
    [Object.assign(new Error('too long'), { statusCode: 414 }), 414, 'bad-request'],
  ])('of %s is %i %s', (error, status, slug) => {
    expect(problemOf(error)).toMatchObject({ status, type: `urn:mien:problem:${slug}` });
  });

  test.each([
    new TypeError('secret is undefined'),
    'secret',
    Object.assign(new Error('secret'), { statusCode: 502 }),
  ])('says nothing of a defect but that it is one', (defect) => {
    const problem = problemOf(defect);
    expect(problem.status).toBe(500);
    expect(JSON.stringify(problem)).not.toContain('secret');
  });

  test('tells of each of several images', () => {
    const images = [{ name: 'a.jpg', problem: problemOf(new MalformedBodyError('it is no base64')) }];
    expect(problemOf(new NoReadableImageError(images))).toMatchObject({ status: 422, images });
  });
});

test('says when to come back where that helps', () => {
  expect(retryAfterSeconds(new TooManyWaitingError(9, 4))).toBe(4);
  expect(retryAfterSeconds(new NotReadyError('starting'))).toBe(1);
  expect(retryAfterSeconds(new UnauthorizedError())).toBeUndefined();
});

test('tells faults of one image from those of the request', () => {
  expect(isImageFault(new UndecodableImageError('an image', 'it is none'))).toBe(true);
  expect(isImageFault(new ImageTooLargeError('an image', 'maxPixels', 5, 6))).toBe(true);
  expect(isImageFault(new TooManyWaitingError(9, 4))).toBe(false);
  expect(isImageFault(new TypeError('x'))).toBe(false);
});
