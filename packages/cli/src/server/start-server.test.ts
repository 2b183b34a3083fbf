import { ModelNotFoundError } from '@mien/infer-node';
import { once } from 'node:events';
import { request, type ClientRequest, type IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import { WebSocket } from 'ws';
import { drawnFace, photograph, startTestServer, testOptions } from './running-server.test-support.ts';
import { CannotListenError, startServer, type RunningServer } from './start-server.ts';

const ready = async ({ url }: RunningServer): Promise<number> =>
  (await fetch(`${url}/v2/health/ready`)).status;

const recognize = ({ url }: RunningServer, signal?: AbortSignal): Promise<Response> =>
  fetch(`${url}/v1/recognize`, {
    method: 'POST',
    headers: { 'content-type': 'image/jpeg' },
    body: photograph(),
    ...(signal === undefined ? {} : { signal }),
  });

const metricsOf = async ({ url }: RunningServer): Promise<Map<string, number>> => {
  const lines = (await (await fetch(`${url}/metrics`)).text()).split('\n');
  return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]));
};

/** Asks for the metrics until they are as they should be; the test's own patience ends what never comes. */
const untilMetrics = async (
  server: RunningServer,
  areRight: (metrics: Map<string, number>) => boolean,
): Promise<Map<string, number>> => {
  let metrics = await metricsOf(server);
  while (!areRight(metrics)) metrics = await metricsOf(server);
  return metrics;
};

/** Begins an upload and keeps back its second half. */
const beginUpload = ({ url }: RunningServer): { upload: ClientRequest; rest: Buffer } => {
  const image = drawnFace();
  const headers = { 'content-type': 'image/png', 'content-length': image.byteLength };
  const upload = request(`${url}/v1/recognize`, { method: 'POST', headers });
  const half = Math.floor(image.byteLength / 2);
  upload.write(image.subarray(0, half));
  return { upload, rest: image.subarray(half) };
};

describe('a server that starts', () => {
  test('is live at once, and ready when its models are', async () => {
    await using server = await startServer(testOptions());
    expect((await fetch(`${server.url}/v2/health/live`)).status).toBe(200);
    expect(await ready(server)).toBe(503);
    await server.ready;
    expect(await ready(server)).toBe(200);
  });

  test('says why its models are not there, and can be closed', async () => {
    await using server = await startServer(testOptions({ recognizer: { model: '/no/such/model.onnx' } }));
    await expect(server.ready).rejects.toThrow(ModelNotFoundError);
    expect(await ready(server)).toBe(503);
  });

  test('can be closed before it is ready', async () => {
    await using server = await startServer(testOptions());
    await server.close();
    await expect(fetch(server.url)).rejects.toThrow('fetch failed');
  });
});

test('says why it cannot listen', async () => {
  await using server = await startServer(testOptions());
  const port = Number(new URL(server.url).port);
  await expect(startServer(testOptions({ port }))).rejects.toThrow(
    `Cannot listen on 127.0.0.1, port ${port}: another program listens there. Choose another --port or --host.`,
  );
  await expect(startServer(testOptions({ host: '203.0.113.1' }))).rejects.toThrow(CannotListenError);
});

describe('a server that is closed', () => {
  test('answers the request whose upload had begun, and takes no more', async () => {
    await using server = await startTestServer();
    const { upload, rest } = beginUpload(server);
    await untilMetrics(server, (metrics) => (metrics.get('mien_body_bytes') ?? 0) > 0);
    const closed = server.close();
    upload.end(rest);
    const [response] = (await once(upload, 'response')) as [IncomingMessage];
    expect(response.statusCode).toBe(200);
    await expect(json(response)).resolves.toMatchObject({ images: [{ widthPx: 192 }] });
    await closed;
    await expect(fetch(server.url)).rejects.toThrow('fetch failed');
  });

  test('is not ready first, and goes on answering until load balancers have noticed', async () => {
    await using server = await startTestServer({ times: { drainDelayMs: 2000 } });
    const closed = server.close();
    const response = await fetch(`${server.url}/v2/health/ready`);
    expect(response.status).toBe(503);
    await expect(response.json()).resolves.toMatchObject({
      detail: expect.stringContaining('about to stop'),
    });
    expect((await recognize(server)).status).toBe(200);
    await closed;
  });

  test('lets go of a request that does not end in time', async () => {
    await using server = await startTestServer({ times: { drainMs: 50 } });
    const { upload } = beginUpload(server);
    await untilMetrics(server, (metrics) => (metrics.get('mien_body_bytes') ?? 0) > 0);
    const failed = once(upload, 'error');
    await server.close();
    await expect(failed).resolves.toMatchObject([{ code: 'ECONNRESET' }]);
  });

  test('says goodbye to its streams', async () => {
    await using server = await startTestServer();
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/v1/stream`);
    await once(socket, 'open');
    const goodbye = once(socket, 'close');
    await server.close();
    const [code] = (await goodbye) as [number];
    expect(code).toBe(1001);
  });
});

describe('a server under more load than it can bear', () => {
  test('refuses what finds no place at once, and says when to come back', async () => {
    await using server = await startTestServer({ limits: { queue: 1 } });
    const responses = await Promise.all(Array.from({ length: 12 }, () => recognize(server)));
    const statuses = new Set(responses.map(({ status }) => status));
    expect(statuses).toEqual(new Set([200, 429]));
    for (const { status, headers } of responses)
      expect(headers.get('retry-after')).toEqual(
        status === 429 ? expect.stringMatching(/^[1-9]\d?$/u) : null,
      );
    expect((await recognize(server)).status).toBe(200);
  });

  test('refuses uploads that would take more memory than there is for them, and takes the next', async () => {
    const image = photograph();
    await using server = await startTestServer({ limits: { bodyMemoryBytes: image.byteLength + 10_000 } });
    const { upload } = beginUpload(server);
    await untilMetrics(server, (metrics) => (metrics.get('mien_body_bytes') ?? 0) > 10_000);
    const refused = await recognize(server);
    expect(refused.status).toBe(503);
    await expect(refused.json()).resolves.toMatchObject({ type: 'urn:mien:problem:too-many-uploads' });
    upload.once('error', () => undefined).destroy();
    await untilMetrics(server, (metrics) => metrics.get('mien_body_bytes') === 0);
    expect((await recognize(server)).status).toBe(200);
  });

  test('gives up what is not done in time', async () => {
    await using server = await startTestServer({ times: { answerMs: 1 } });
    const response = await recognize(server);
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '1']);
    await expect(response.json()).resolves.toMatchObject({ type: 'urn:mien:problem:deadline-exceeded' });
  });

  test('does not work for clients that have gone', async () => {
    await using server = await startTestServer();
    const gone = new AbortController();
    const requests = 20;
    const all = Array.from({ length: requests }, () => recognize(server, gone.signal));
    const failed = Promise.allSettled(all);
    await untilMetrics(server, (metrics) => (metrics.get('mien_queue_depth') ?? 0) >= requests / 2);
    gone.abort();
    await failed;
    const metrics = await untilMetrics(
      server,
      (now) => now.get('mien_queue_depth') === 0 && now.get('mien_pictures_running') === 0,
    );
    expect(metrics.get('mien_service_seconds_count')).toBeLessThan(requests);
    expect(
      metrics.get('mien_http_requests_total{method="POST",route="/v1/recognize",status="499"}'),
    ).toBeGreaterThan(0);
    expect((await recognize(server)).status).toBe(200);
  });
});
