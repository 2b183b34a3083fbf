import type { Random } from '@mien/contract';
import { crc32, deflateSync } from 'node:zlib';
import type { AbuseCase } from './abuse-case.ts';
import { post } from './post.ts';

const randomBytes = (length: number, random: Random): Buffer =>
  Buffer.from(Array.from({ length }, () => random.integer(256)));

const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(data.byteLength);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([size, body, checksum]);
};

/** A PNG of one black pixel beside another, that many wide and high: a few kilobytes that unpack to gigapixels. */
const pngBomb = (widthPx: number, heightPx: number): Buffer => {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(widthPx, 0);
  header.writeUInt32BE(heightPx, 4);
  header.writeUInt8(1, 8);
  const rows = deflateSync(Buffer.alloc(heightPx * (1 + Math.ceil(widthPx / 8))), { level: 9 });
  const signature = Buffer.from('89504e470d0a1a0a', 'hex');
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', rows),
    chunk('IEND', Buffer.alloc(0)),
  ]);
};

let bomb: Buffer | undefined;

const gifBomb = (random: Random): Buffer => {
  const gif = Buffer.from('474946383961000000000000002c00000000000000000002024401003b', 'hex');
  const side = 20_000 + random.integer(40_000);
  for (const offset of [6, 8, 18, 20]) gif.writeUInt16LE(side, offset);
  return gif;
};

const SVG = `<!DOCTYPE svg [<!ENTITY file SYSTEM "file:///etc/passwd">]>
<svg xmlns="http://www.w3.org/2000/svg" width="99" height="99"><text>&file;</text></svg>`;

/** Images that are none, or more than they seem. */
export const imageCases: readonly AbuseCase[] = [
  {
    name: 'an image that is cut off',
    expected: [422],
    attempt: (target, random) => {
      const length = 1 + random.integer(Math.floor(target.image.byteLength * 0.9));
      return post(target, { type: 'image/jpeg', body: target.image.slice(0, length) });
    },
  },
  {
    name: 'an image whose head was overwritten',
    expected: [422],
    attempt: (target, random) => {
      const image = Buffer.from(target.image);
      randomBytes(64, random).copy(image, 0);
      return post(target, { type: 'image/jpeg', body: image });
    },
  },
  {
    name: 'bytes that are no image',
    expected: [422],
    attempt: (target, random) =>
      post(target, { type: 'image/png', body: randomBytes(1 + random.integer(5000), random) }),
  },
  {
    name: 'a PNG that unpacks to a billion pixels',
    expected: [413],
    attempt: (target) => post(target, { type: 'image/png', body: (bomb ??= pngBomb(32_000, 32_000)) }),
  },
  {
    name: 'a GIF that says it is huge',
    expected: [413, 422],
    attempt: (target, random) => post(target, { type: 'image/gif', body: gifBomb(random) }),
  },
  {
    name: 'an SVG that asks for a file of the server',
    expected: [422],
    attempt: (target) => post(target, { type: 'image/svg+xml', body: SVG }),
  },
  {
    name: 'a body of no bytes',
    expected: [400, 422],
    attempt: (target) => post(target, { type: 'image/jpeg', body: '' }),
  },
  {
    name: 'a content type that is not taken',
    expected: [415],
    attempt: (target, random) => {
      const types = ['text/plain', 'application/pdf', 'video/mp4', 'image', 'application/xml', '*/*'];
      return post(target, { type: types[random.integer(types.length)] ?? 'text/plain', body: target.image });
    },
  },
  {
    name: 'a body that says it is too large',
    expected: [413],
    attempt: (target) => post(target, { type: 'image/jpeg', body: Buffer.alloc(target.maxBodyBytes + 1) }),
  },
  {
    name: 'a wrong query',
    expected: [400],
    attempt: (target, random) => {
      const queries = [
        'maxFaces=-1',
        'maxFaces=1e999',
        'minConfidence=NaN',
        'unsureBelow=2',
        'face=1',
        '__proto__=1',
      ];
      const path = `/v1/recognize?${queries[random.integer(queries.length)]}`;
      return post(target, { type: 'image/jpeg', body: target.image, path });
    },
  },
];
