import { createRecognizer } from '@mien/infer-node';
import sharp from 'sharp';
import { drawnFace, photograph, startTestServer } from '../running-server.test-support.ts';
import type { RunningServer } from '../start-server.ts';

const photo = photograph();
let server: RunningServer;

beforeAll(async () => {
  server = await startTestServer({ limits: { images: 3, faces: 2, bodyBytes: 2 ** 20, pixels: 3_000_000 } });
});
afterAll(() => server.close());

interface Answer {
  readonly status: number;
  readonly type: string | null;
  readonly headers: Headers;
  // The answers of a server are looked at from outside, as its clients do.
  readonly body: any; // oxlint-disable-line typescript/no-explicit-any
}

const post = async (
  body: string | Uint8Array | FormData,
  { type, query = '' }: { readonly type?: string; readonly query?: string } = {},
): Promise<Answer> => {
  const response = await fetch(`${server.url}/v1/recognize${query}`, {
    method: 'POST',
    body,
    ...(type === undefined ? {} : { headers: { 'content-type': type } }),
  });
  const { status, headers } = response;
  return { status, headers, type: headers.get('content-type'), body: await response.json() };
};

const JPEG = { type: 'image/jpeg' };

const formOf = (files: readonly (readonly [name: string, content: Uint8Array])[], fields = {}): FormData => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, String(value));
  for (const [name, content] of files) form.append('image', new Blob([content]), name);
  return form;
};

describe('POST /v1/recognize', () => {
  test('gives what the recognizer gives, to the last digit', async () => {
    await using recognizer = await createRecognizer({ device: 'cpu', threads: 1, maxFaces: 2 });
    const { widthPx, heightPx, faces } = await recognizer.recognizeImage(photo);
    const { status, body } = await post(photo, JPEG);
    expect(status).toBe(200);
    expect(body.model).toEqual({ name: 'expression', sha256: recognizer.card.graph.sha256 });
    expect(body.images).toEqual([{ widthPx, heightPx, faces: JSON.parse(JSON.stringify(faces)) }]);
    expect(faces.length).toBeGreaterThan(1);
  });

  test('gives the same for an image however it is sent', async () => {
    const raw = await post(photo, JPEG);
    const bytes = await post(photo, { type: 'application/octet-stream' });
    const form = await post(formOf([['party.jpg', photo]]));
    const base64 = photo.toString('base64');
    const json = await post(JSON.stringify({ image: base64 }), { type: 'application/json' });
    const url = `data:image/jpeg;base64,${base64}`;
    const list = await post(JSON.stringify({ images: [url] }), { type: 'application/json; charset=utf-8' });
    expect(bytes.body).toEqual(raw.body);
    expect(json.body).toEqual(raw.body);
    expect(list.body).toEqual(raw.body);
    expect(form.body.images).toEqual([{ name: 'party.jpg', ...raw.body.images[0] }]);
  });

  test.each<[string, () => Promise<Answer>]>([
    ['a query', () => post(photo, { ...JPEG, query: '?maxFaces=1&unsureBelow=1' })],
    ['fields of a form', () => post(formOf([['a.jpg', photo]], { maxFaces: 1, unsureBelow: 1 }))],
    [
      'members of a JSON body',
      () =>
        post(JSON.stringify({ image: photo.toString('base64'), maxFaces: 1, unsureBelow: 1 }), {
          type: 'application/json',
        }),
    ],
  ])('looks at as many faces as %s say, and is as sure as they want it to be', async (_, ask) => {
    const { body } = await ask();
    const { faces } = body.images[0];
    expect(faces).toHaveLength(1);
    expect(faces[0]).toMatchObject({ unsure: true, unsureReasons: ['ambiguous'] });
  });

  test('leaves out faces that the detector is less sure of than was asked for', async () => {
    const { body } = await post(photo, { ...JPEG, query: '?minConfidence=0.999' });
    expect(body.images[0].faces).toEqual([]);
  });

  test('never reads more faces than the server allows', async () => {
    const { body } = await post(photo, { ...JPEG, query: '?maxFaces=50' });
    expect(body.images[0].faces).toHaveLength(2);
  });

  test('reads the images of a form that can be read, and says of each other why not', async () => {
    const { status, body } = await post(
      formOf([
        ['text.jpg', Buffer.from('no image')],
        ['party.jpg', photo],
        ['cut.jpg', photo.subarray(0, 9000)],
      ]),
    );
    expect(status).toBe(200);
    const [text, party, cut] = body.images;
    expect(text).toMatchObject({ name: 'text.jpg', problem: { status: 422 } });
    expect(party).toMatchObject({ name: 'party.jpg', widthPx: 1920 });
    expect(cut.problem.type).toBe('urn:mien:problem:unreadable-image');
    expect(cut.faces).toBeUndefined();
  });

  test('is a problem where none of several images can be read', async () => {
    const { status, type, body } = await post(JSON.stringify({ images: ['abcd', '%'] }), {
      type: 'application/json',
    });
    expect([status, type]).toEqual([422, 'application/problem+json']);
    expect(body.images.map(({ problem }: { problem: { status: number } }) => problem.status)).toEqual([
      422, 400,
    ]);
  });

  test('refuses an image that unpacks to more pixels than are allowed', async () => {
    const create = { width: 2000, height: 1501, channels: 3 as const, background: 'black' };
    const { status, body } = await post(await sharp({ create }).png().toBuffer(), { type: 'image/png' });
    expect([status, body.type]).toEqual([413, 'urn:mien:problem:too-many-pixels']);
    const large = { ...create, height: 1500 };
    const fits = await post(await sharp({ create: large }).png().toBuffer(), { type: 'image/png' });
    expect(fits.body.images).toEqual([{ widthPx: 2000, heightPx: 1500, faces: [] }]);
  });

  test.each<[string, () => Promise<Answer>, number, RegExp]>([
    [
      'too many images',
      () => post(formOf(Array.from({ length: 4 }, () => ['a', drawnFace()] as const))),
      413,
      /at most 3/u,
    ],
    ['too many bytes', () => post(Buffer.alloc(2 ** 20 + 1), JPEG), 413, /1048576 bytes/u],
    [
      'an option nobody knows',
      () => post(photo, { ...JPEG, query: '?faces=3' }),
      400,
      /unknown member "faces"/u,
    ],
    [
      'a number that is none',
      () => post(photo, { ...JPEG, query: '?maxFaces=1e999' }),
      400,
      /"maxFaces" is too large/u,
    ],
    ['an unknown field', () => post(formOf([['a', photo]], { faces: 3 })), 400, /unknown member "faces"/u],
    ['no image', () => post('{}', { type: 'application/json' }), 400, /must have image or images/u],
    ['text', () => post('hello', { type: 'text/plain' }), 415, /Send an image/u],
    ['nothing', () => post('', JPEG), 422, /it is empty/u],
  ])('refuses %s, and says what is wrong', async (_, ask, status, words) => {
    const answer = await ask();
    expect([answer.status, answer.type]).toEqual([status, 'application/problem+json']);
    expect(answer.body.detail).toMatch(words);
    expect(answer.body.requestId).toBe(answer.headers.get('x-request-id'));
  });
});

test('GET /v1/model gives the card, and says where the model runs', async () => {
  const { card, device } = (await (await fetch(`${server.url}/v1/model`)).json()) as {
    readonly card: { readonly name: string; readonly intendedUse: string };
    readonly device: object;
  };
  expect(card.name).toBe('expression');
  expect(card.intendedUse).not.toBe('');
  expect(device).toEqual({ requested: 'cpu', provider: 'cpu' });
});
