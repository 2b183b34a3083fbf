import type { Random } from '@mien/contract';
import type { AbuseCase } from './abuse-case.ts';
import { post } from './post.ts';

const JSON_TYPE = 'application/json';

const pick = (texts: readonly string[], random: Random): string => texts[random.integer(texts.length)] ?? '';

const NO_JSON = ['{', '{"image":', 'image=1', '[1,2', '\u0000', '{"image":"a",}', "{'image':'a'}", 'nul'];
const WRONG_MEMBERS = [
  '{}',
  '[]',
  'null',
  '1',
  '"image"',
  '{"images":[]}',
  '{"images":"abcd"}',
  '{"image":{"data":"abcd"}}',
  '{"image":"abcd","images":["abcd"]}',
  '{"image":"abcd","maxFaces":"many"}',
  '{"image":"abcd","maxFaces":0}',
  '{"image":"abcd","url":"http://127.0.0.1/secret"}',
  '{"__proto__":{"image":"abcd"}}',
  '{"constructor":{"prototype":{"image":"abcd"}}}',
];
const NO_BASE64 = ['%%%%', 'a', 'data:image/png,abcd', 'https://example.org/a.png', '/etc/passwd ', 'ab cd'];

const tensor = (shape: string, data: string, more = ''): string =>
  `{"inputs":[{"name":"pixels","shape":${shape},"datatype":"FP32","data":${data}${more}}]}`;

const WRONG_TENSORS = [
  '{"inputs":[]}',
  '{"inputs":[{}]}',
  '{"inputs":[null]}',
  tensor('[1,1,48,48]', '[]'),
  tensor('[1,1,48,48]', '["a"]'),
  tensor('[-1,1,48,48]', '[1]'),
  tensor('[1,1,1e9,1e9]', '[1]'),
  tensor('[0,1,48,48]', '[]'),
  tensor('[]', '[1]'),
  tensor('[1,1,48,48]', '[1]', ',"parameters":{"binary_data_size":-4}'),
  tensor('[1,1,48,48]', '[1]', ',"parameters":{"binary_data_size":1e300}'),
  '{"inputs":[{"name":"other","shape":[1,1,48,48],"datatype":"FP32","data":[1]}]}',
  '{"inputs":[{"name":"pixels","shape":[1,1,48,48],"datatype":"BYTES","data":["x"]}]}',
];

const infer = '/v2/models/expression/infer';

/** JSON that is none, or asks for what there is not; and tensors that fit no graph. */
export const jsonCases: readonly AbuseCase[] = [
  {
    name: 'JSON that is none',
    expected: [400],
    attempt: (target, random) => post(target, { type: JSON_TYPE, body: pick(NO_JSON, random) }),
  },
  {
    name: 'JSON with the wrong members',
    expected: [400],
    attempt: (target, random) => post(target, { type: JSON_TYPE, body: pick(WRONG_MEMBERS, random) }),
  },
  {
    name: 'base64 that is none',
    expected: [400],
    attempt: (target, random) =>
      post(target, { type: JSON_TYPE, body: JSON.stringify({ image: pick(NO_BASE64, random) }) }),
  },
  {
    name: 'base64 of an image that is cut off',
    expected: [422],
    attempt: (target, random) => {
      const cut = Buffer.from(target.image.slice(0, 10 + random.integer(5000)));
      return post(target, { type: JSON_TYPE, body: JSON.stringify({ image: cut.toString('base64') }) });
    },
  },
  {
    name: 'JSON of a thousand images',
    expected: [413],
    attempt: (target) =>
      post(target, {
        type: JSON_TYPE,
        body: JSON.stringify({ images: Array.from({ length: 1000 }, () => 'abcd') }),
      }),
  },
  {
    name: 'JSON that is nested a hundred thousand deep',
    expected: [400],
    attempt: (target) =>
      post(target, { type: JSON_TYPE, body: `{"image":${'['.repeat(1e5)}${']'.repeat(1e5)}}` }),
  },
  {
    name: 'tensors that do not fit',
    expected: [400],
    attempt: (target, random) =>
      post(target, { type: JSON_TYPE, path: infer, body: pick(WRONG_TENSORS, random) }),
  },
  {
    name: 'a batch that would take all memory',
    expected: [413],
    attempt: (target) =>
      post(target, { type: JSON_TYPE, path: infer, body: tensor('[100000,1,48,48]', '[1]') }),
  },
  {
    name: 'a binary tensor whose lengths do not agree',
    expected: [400],
    attempt: (target, random) =>
      post(target, {
        type: 'application/octet-stream',
        path: infer,
        body: tensor('[1,1,48,48]', '[]', ',"parameters":{"binary_data_size":9216}'),
        headers: {
          'inference-header-content-length': pick(['-1', '0', '5', '1e3', '99999999999', 'x'], random),
        },
      }),
  },
  {
    name: 'a model that does not exist',
    expected: [400, 404],
    attempt: (target, random) => {
      const name = pick(['..%2f..%2fetc%2fpasswd', '%00', 'x'.repeat(90), '__proto__', '%ff%fe'], random);
      return post(target, { type: JSON_TYPE, path: `/v2/models/${name}/infer`, body: '{}' });
    },
  },
];
