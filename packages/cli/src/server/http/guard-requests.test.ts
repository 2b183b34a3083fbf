import { buildServer } from '../build-server.ts';
import { testOptions } from '../running-server.test-support.ts';

const KEY = 'a-key-of-some-length';

describe('a server with keys', () => {
  const withKeys = buildServer(testOptions({ apiKeys: [KEY] }));
  afterAll(async () => (await withKeys).app.close());

  test.each(['/v1/model', '/v2', '/v2/models/expression', '/metrics', '/v1/stream', '/nowhere'])(
    'answers GET %s to nobody without one',
    async (url) => {
      const { app } = await withKeys;
      const response = await app.inject({ url });
      expect(response.statusCode).toBe(401);
      expect(response.headers['www-authenticate']).toBe('Bearer realm="mien"');
      expect(response.json()).toMatchObject({ type: 'urn:mien:problem:unauthorized' });
    },
  );

  test('reads no upload without one', async () => {
    const { app } = await withKeys;
    const response = await app.inject({ method: 'POST', url: '/v1/recognize', payload: {} });
    expect(response.statusCode).toBe(401);
  });

  test.each(['/v2/health/live', '/openapi.json', '/docs', '/docs/static/index.css'])(
    'answers GET %s to everyone',
    async (url) => {
      const { app } = await withKeys;
      await expect(app.inject({ url })).resolves.toMatchObject({ statusCode: 200 });
    },
  );

  test.each([
    '/docs/../v1/model',
    '/docs/%2e%2e/v1/model',
    '//v2',
    '/v2/health/live/../../models/expression',
  ])('is not fooled by GET %s', async (url) => {
    const { app } = await withKeys;
    const { statusCode } = await app.inject({ url });
    expect([400, 401, 403, 404]).toContain(statusCode);
  });

  test('takes a key in either header', async () => {
    const { app } = await withKeys;
    for (const headers of [{ authorization: `Bearer ${KEY}` }, { 'x-api-key': KEY }])
      await expect(app.inject({ url: '/v2', headers })).resolves.toMatchObject({ statusCode: 200 });
  });

  test('names the ways to send one in its description', async () => {
    const { app } = await withKeys;
    const { components } = (await app.inject({ url: '/openapi.json' })).json<{
      readonly components: { readonly securitySchemes: object };
    }>();
    expect(Object.keys(components.securitySchemes)).toEqual(['bearer', 'header']);
  });
});

describe('a server and the pages of browsers', () => {
  const closed = buildServer(testOptions());
  const shared = buildServer(testOptions({ corsOrigins: ['https://app.example'] }));
  const open = buildServer(testOptions({ corsOrigins: ['*'] }));
  afterAll(async () => {
    for (const server of [closed, shared, open]) await (await server).app.close();
  });

  const headersFor = async (server: typeof closed, origin: string) => {
    const { app } = await server;
    return (await app.inject({ url: '/v2', headers: { origin } })).headers;
  };

  test('lets none of another origin in unless it is told to', async () => {
    expect(await headersFor(closed, 'https://app.example')).not.toHaveProperty('access-control-allow-origin');
    expect(await headersFor(shared, 'https://evil.example')).not.toHaveProperty(
      'access-control-allow-origin',
    );
    expect(await headersFor(shared, 'https://app.example')).toMatchObject({
      'access-control-allow-origin': 'https://app.example',
      vary: 'Origin',
    });
    expect(await headersFor(open, 'https://any.example')).toMatchObject({
      'access-control-allow-origin': '*',
    });
  });

  test('answers a browser that asks first', async () => {
    const { app } = await shared;
    const response = await app.inject({
      method: 'OPTIONS',
      url: '/v1/recognize',
      headers: { origin: 'https://app.example', 'access-control-request-method': 'POST' },
    });
    expect(response.statusCode).toBe(204);
    expect(response.headers).toMatchObject({
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers': expect.stringContaining('x-api-key'),
    });
  });

  test('says nothing to a browser that asks for another origin', async () => {
    const { app } = await shared;
    const headers = { origin: 'https://evil.example', 'access-control-request-method': 'POST' };
    const response = await app.inject({ method: 'OPTIONS', url: '/v1/recognize', headers });
    expect(response.headers).not.toHaveProperty('access-control-allow-origin');
  });
});

describe('every answer', () => {
  const server = buildServer(testOptions());
  afterAll(async () => (await server).app.close());

  test('keeps browsers from guessing its type, framing it, or keeping it', async () => {
    const { app } = await server;
    const { headers } = await app.inject({ url: '/v2' });
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'cache-control': 'no-store',
    });
  });

  test('has the id of its request, the client’s own where that is sane', async () => {
    const { app } = await server;
    const own = await app.inject({ url: '/v2', headers: { 'x-request-id': 'mine-1' } });
    expect(own.headers['x-request-id']).toBe('mine-1');
    const insane = await app.inject({ url: '/v2', headers: { 'x-request-id': 'a b' } });
    expect(insane.headers['x-request-id']).toMatch(/^[\da-f-]{36}$/u);
  });

  test('of a server whose models are not there yet says so, and when to come back', async () => {
    const { app } = await server;
    await expect(app.inject({ url: '/v2/health/live' })).resolves.toMatchObject({ statusCode: 200 });
    const answers = [
      await app.inject({ url: '/v2/health/ready' }),
      await app.inject({ url: '/v2/models/expression/ready' }),
      await app.inject({ url: '/v1/model' }),
      await app.inject({ url: '/v1/recognize', method: 'POST', payload: {} }),
    ];
    for (const { statusCode, headers } of answers) {
      expect(statusCode).toBe(503);
      expect(headers['retry-after']).toBe('1');
    }
  });

  test('to a wrong address or method says what there is', async () => {
    const { app } = await server;
    expect((await app.inject({ url: '/v3' })).json()).toMatchObject({
      status: 404,
      type: 'urn:mien:problem:not-found',
    });
    const wrongMethod = await app.inject({ url: '/v1/recognize' });
    expect([wrongMethod.statusCode, wrongMethod.headers.allow]).toEqual([405, 'POST']);
  });
});
