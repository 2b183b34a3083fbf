import { buildServer } from '../build-server.ts';
import { testOptions } from '../running-server.test-support.ts';

const server = buildServer(testOptions());
afterAll(async () => (await server).app.close());

interface Description {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

interface Operation {
  readonly summary?: string;
  readonly requestBody?: { readonly content: object };
  readonly responses: object;
}

const describeServer = async (): Promise<Description> => {
  const { app } = await server;
  return (await app.inject({ url: '/openapi.json' })).json<Description>();
};

/** Every `$ref` in a document. */
const referencesIn = (value: unknown): string[] => {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === '$ref' && typeof inner === 'string' ? [inner] : referencesIn(inner),
  );
};

const follow = (document: unknown, reference: string): unknown =>
  reference
    .replace(/^#\//u, '')
    .split('/')
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], document);

describe('the description of the server', () => {
  test('has every address that there is', async () => {
    const { openapi, paths } = await describeServer();
    expect(openapi).toBe('3.1.0');
    expect(Object.keys(paths).toSorted()).toEqual([
      '/metrics',
      '/v1/model',
      '/v1/recognize',
      '/v2',
      '/v2/health/live',
      '/v2/health/ready',
      '/v2/models/{model}',
      '/v2/models/{model}/infer',
      '/v2/models/{model}/ready',
    ]);
    for (const path of Object.values(paths))
      for (const { summary } of Object.values(path)) expect(summary).toEqual(expect.any(String));
  });

  test('has every kind of body that recognition takes', async () => {
    const { paths } = await describeServer();
    const recognize = paths['/v1/recognize']?.['post'];
    expect(Object.keys(recognize?.requestBody?.content ?? {}).toSorted()).toEqual([
      'application/json',
      'application/octet-stream',
      'image/*',
      'multipart/form-data',
    ]);
    expect(Object.keys(recognize?.responses ?? {})).toEqual([
      '200',
      '400',
      '401',
      '408',
      '413',
      '415',
      '422',
      '429',
      '500',
      '503',
    ]);
  });

  test('refers to nothing that is not there', async () => {
    const document = await describeServer();
    const references = referencesIn(document);
    expect(references.length).toBeGreaterThan(5);
    for (const reference of references) expect(follow(document, reference)).toBeDefined();
  });

  test('is shown on a page of its own', async () => {
    const { app } = await server;
    const { statusCode, headers, body } = await app.inject({ url: '/docs' });
    expect(statusCode).toBe(200);
    expect(headers['content-security-policy']).toContain("default-src 'self'");
    expect(body).toContain('swagger-ui');
  });
});
