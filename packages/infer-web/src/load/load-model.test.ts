import { GraphMismatchError, InvalidModelCardError } from '@mien/contract';
import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { validCard } from '../../../contract/src/model-card.test-support.ts';
import { AssetError } from './asset-error.ts';
import { EXPRESSION, loadModel } from './load-model.ts';
import { MissingCardError } from './missing-card-error.ts';

const GRAPH = Uint8Array.of(8, 10, 1, 2, 3);

const card = (): object => {
  const valid = validCard();
  return { ...valid, graph: { ...valid.graph, sha256: createHash('sha256').update(GRAPH).digest('hex') } };
};

const FILES: Readonly<Record<string, { type: string; body: string | Uint8Array }>> = {
  '/a/model.onnx': { type: 'application/octet-stream', body: GRAPH },
  '/a/model.card.json': { type: 'application/json', body: JSON.stringify(card()) },
  '/b/smile.onnx': { type: 'application/octet-stream', body: GRAPH },
  '/b/smile.card.json': { type: 'application/json', body: JSON.stringify(card()) },
  '/torn/model.onnx': { type: 'application/octet-stream', body: GRAPH },
  '/torn/model.card.json': { type: 'application/json', body: '{ "schemaVersion": 1, ' },
  '/page/model.onnx': { type: 'application/octet-stream', body: '<!doctype html><title>Home</title>' },
  '/page/model.card.json': { type: 'text/html; charset=utf-8', body: '\n<!doctype html>' },
};

describe('loading a model', () => {
  let server: Server;
  let origin: string;

  beforeAll(async () => {
    server = createServer(({ url }, response) => {
      const file = FILES[(url ?? '').split('?')[0] as string];
      if (file === undefined) response.writeHead(404).end('nothing here');
      else response.writeHead(200, { 'content-type': file.type }).end(file.body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  test.each(['/a/model.onnx', '/b/smile.onnx', '/b/smile.onnx?v=2'])(
    'finds the card beside %s',
    async (path) => {
      const loaded = await loadModel(EXPRESSION, { model: `${origin}${path}` });
      expect(loaded.bytes).toEqual(GRAPH);
      expect(loaded.card).toEqual(card());
    },
  );

  test('takes addresses as URL objects, and bytes with a parsed card', async () => {
    const fromUrl = await loadModel(EXPRESSION, {
      model: new URL(`${origin}/a/model.onnx`),
      card: new URL(`${origin}/b/smile.card.json`),
    });
    expect(fromUrl.bytes).toEqual(GRAPH);
    await expect(loadModel(EXPRESSION, { model: GRAPH, card: card() })).resolves.toMatchObject({
      bytes: GRAPH,
    });
    await expect(loadModel(EXPRESSION, { model: GRAPH.slice().buffer, card: card() })).resolves.toMatchObject(
      {
        bytes: GRAPH,
      },
    );
  });

  test.each([
    ['the model is missing', '/none/model.onnx', undefined, '/none/model', 'HTTP 404'],
    ['the card is missing', '/a/model.onnx', '/a/other.card.json', '/a/other.card.json', 'HTTP 404'],
    ['the model is an HTML page', '/page/model.onnx', '/a/model.card.json', '/page/model.onnx', 'HTML page'],
    [
      'the card is an HTML page',
      '/a/model.onnx',
      '/page/model.card.json',
      '/page/model.card.json',
      'HTML page',
    ],
    ['the card is cut short', '/torn/model.onnx', undefined, '/torn/model.card.json', 'not JSON'],
  ])('names the address when %s', async (_, model, cardPath, url, found) => {
    const source = {
      model: `${origin}${model}`,
      ...(cardPath === undefined ? {} : { card: `${origin}${cardPath}` }),
    };
    const error = await loadModel(EXPRESSION, source).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(AssetError);
    expect((error as AssetError).url).toContain(`${origin}${url}`);
    expect((error as AssetError).message).toContain(found);
  });

  test('names the address when nobody answers', async () => {
    const url = 'http://127.0.0.1:1/model.onnx';
    await expect(loadModel(EXPRESSION, { model: url, card: card() })).rejects.toMatchObject({
      name: 'AssetError',
      url,
    });
  });

  test('refuses bytes without a card, for there is no place to look', async () => {
    await expect(loadModel(EXPRESSION, { model: GRAPH })).rejects.toThrow(MissingCardError);
  });

  test('refuses a card that does not follow its schema', async () => {
    await expect(
      loadModel(EXPRESSION, { model: GRAPH, card: { ...card(), labels: ['one'] } }),
    ).rejects.toThrow(InvalidModelCardError);
  });

  test('refuses a model that is not the one its card describes', async () => {
    const other = Uint8Array.of(...GRAPH, 0);
    const loading = loadModel(EXPRESSION, { model: other, card: card() });
    await expect(loading).rejects.toThrow(GraphMismatchError);
    await expect(loading).rejects.toMatchObject({
      actualSha256: createHash('sha256').update(other).digest('hex'),
    });
  });

  test('gives up when told to, with the reason it was given', async () => {
    const reason = new Error('the visitor left');
    const signal = AbortSignal.abort(reason);
    await expect(loadModel(EXPRESSION, { model: `${origin}/a/model.onnx` }, signal)).rejects.toBe(reason);
    const controller = new AbortController();
    const loading = loadModel(EXPRESSION, { model: `${origin}/a/model.onnx` }, controller.signal);
    controller.abort(reason);
    await expect(loading).rejects.toBe(reason);
  });
});
