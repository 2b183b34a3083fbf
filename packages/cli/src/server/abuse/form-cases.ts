import type { AbuseCase, AbuseTarget } from './abuse-case.ts';
import { post } from './post.ts';

const BOUNDARY = 'xxBOUNDARYxx';
const FORM = `multipart/form-data; boundary=${BOUNDARY}`;

const part = (name: string, content: string | Uint8Array, filename?: string): Buffer => {
  const file = filename === undefined ? '' : `; filename="${filename}"\r\nContent-Type: image/jpeg`;
  const header = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"${file}\r\n\r\n`;
  return Buffer.concat([Buffer.from(header), Buffer.from(content), Buffer.from('\r\n')]);
};

const form = (...parts: readonly Buffer[]): Buffer =>
  Buffer.concat([...parts, Buffer.from(`--${BOUNDARY}--\r\n`)]);

const soundForm = ({ image }: AbuseTarget): Buffer => form(part('image', image, 'a.jpg'));

/** Forms that are none, or hold more than they may. */
export const formCases: readonly AbuseCase[] = [
  {
    name: 'a form without a boundary',
    expected: [400],
    attempt: (target) => post(target, { type: 'multipart/form-data', body: soundForm(target) }),
  },
  {
    name: 'a form with another boundary than it says',
    expected: [400],
    attempt: (target) =>
      post(target, { type: 'multipart/form-data; boundary=other', body: soundForm(target) }),
  },
  {
    name: 'a form that is cut off',
    expected: [400],
    attempt: (target, random) => {
      const whole = soundForm(target);
      return post(target, { type: FORM, body: whole.subarray(0, random.integer(whole.byteLength - 8)) });
    },
  },
  {
    name: 'a form without an image',
    expected: [400],
    attempt: (target) => post(target, { type: FORM, body: form(part('maxFaces', '3')) }),
  },
  {
    name: 'a form of broken images',
    expected: [422],
    attempt: (target, random) => {
      const cut = target.image.slice(0, 100 + random.integer(1000));
      return post(target, { type: FORM, body: form(part('a', cut, 'a.jpg'), part('b', 'b', '../../b.jpg')) });
    },
  },
  {
    name: 'a form of a thousand images',
    expected: [413],
    attempt: (target) =>
      post(target, {
        type: FORM,
        body: form(...Array.from({ length: 1000 }, (_, index) => part(`${index}`, 'x', 'x.jpg'))),
      }),
  },
  {
    name: 'a form of a thousand fields',
    expected: [413],
    attempt: (target) =>
      post(target, {
        type: FORM,
        body: form(...Array.from({ length: 1000 }, (_, index) => part(`f${index}`, 'x'))),
      }),
  },
  {
    name: 'a form with a field that is too long',
    expected: [413],
    attempt: (target, random) => {
      const field = part('maxFaces', '9'.repeat(1000 + random.integer(10_000)));
      return post(target, { type: FORM, body: form(field, part('image', target.image, 'a.jpg')) });
    },
  },
  {
    name: 'a form that reaches for prototypes',
    expected: [400],
    attempt: (target, random) => {
      const names = ['__proto__', 'constructor', 'toString'];
      const field = part(names[random.integer(names.length)] ?? '__proto__', '1');
      return post(target, { type: FORM, body: form(field, part('image', target.image, 'a.jpg')) });
    },
  },
  {
    name: 'a form with a field that is no number',
    expected: [400],
    attempt: (target) =>
      post(target, { type: FORM, body: form(part('image', target.image, 'a.jpg'), part('maxFaces', 'all')) }),
  },
  {
    name: 'a form that is too large',
    expected: [413],
    attempt: (target) => {
      const half = Buffer.alloc(Math.ceil(target.maxBodyBytes / 2));
      return post(target, { type: FORM, body: form(part('a', half, 'a'), part('b', half, 'b')) });
    },
  },
];
