import { photograph, startTestServer } from '../running-server.test-support.ts';
import type { RunningServer } from '../start-server.ts';
import { abuseCases, runAbuse } from './run-abuse.ts';

const MAX_BODY_BYTES = 2 ** 20;

let server: RunningServer;
beforeAll(async () => {
  server = await startTestServer({ limits: { bodyBytes: MAX_BODY_BYTES }, times: { uploadMs: 1000 } });
});
afterAll(() => server.close());

test('every abuse ends as it should, and leaves the server as it was', async () => {
  const { hostname: host, port } = new URL(server.url);
  const image = photograph();
  const target = { url: server.url, host, port: Number(port), image, maxBodyBytes: MAX_BODY_BYTES };
  const slow = abuseCases.filter((one) => one.slow === true).length;
  const results = await runAbuse(target, {
    attempts: abuseCases.length,
    slowAttempts: slow,
    atOnce: 6,
    seed: 1,
  });
  expect(new Set(results.map(({ name }) => name)).size).toBe(abuseCases.length);
  expect(results.filter(({ asExpected }) => !asExpected)).toEqual([]);

  const headers = { 'content-type': 'image/jpeg' };
  const response = await fetch(`${server.url}/v1/recognize`, { method: 'POST', headers, body: image });
  expect(response.status).toBe(200);
  await response.arrayBuffer();
  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  for (const name of ['mien_queue_depth', 'mien_pictures_running', 'mien_streams_open', 'mien_body_bytes'])
    expect(metrics).toMatch(new RegExp(`^${name} 0$`, 'mu'));
  expect(metrics).not.toMatch(/status="500"/u);
});
