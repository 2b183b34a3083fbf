import { request, type ClientRequest } from 'node:http';
import { startServed, type ServedProcess } from './load/served-process.ts';
import { drawnFace } from './running-server.test-support.ts';

const ARGS = ['--device', 'cpu', '--workers', '1'];
const KEY = 'not-to-be-found-in-a-log';

/** Begins an upload that is never ended, and waits until it has arrived. */
const holdUpload = async (server: ServedProcess): Promise<ClientRequest> => {
  const headers = { 'content-type': 'image/png', 'content-length': 1_000_000 };
  const upload = request(`${server.url}/v1/recognize`, { method: 'POST', headers });
  upload.on('error', () => undefined).write(drawnFace());
  let bytes = 0;
  while (bytes === 0) bytes = (await server.metrics()).get('mien_body_bytes') ?? 0;
  return upload;
};

describe('mien serve', () => {
  test('ends well after SIGTERM, once what is in flight is answered', async () => {
    await using server = await startServed(ARGS);
    server.signal('SIGTERM');
    await expect(server.end).resolves.toEqual({ exitCode: 0, signal: null });
  });

  test('ends at once after a second signal', async () => {
    await using server = await startServed([...ARGS, '--log-level', 'info']);
    const upload = await holdUpload(server);
    const closed = new Promise((resolve) => {
      upload.once('close', resolve);
    });
    server.signal('SIGTERM');
    while (!server.log().includes('"draining"')) await new Promise(setImmediate);
    server.signal('SIGTERM');
    await expect(server.end).resolves.toEqual({ exitCode: 143, signal: null });
    await closed;
  });

  test('says in a line why its models are not there, and ends', async () => {
    await expect(startServed([...ARGS, '--model', '/no/such/model.onnx'])).rejects.toThrow(
      /^Cannot read the model .*no\/such\/model\.onnx/mu,
    );
  });

  test('logs a line for each request, and nothing of what it brought', async () => {
    await using server = await startServed([...ARGS, '--log-level', 'info']);
    const form = new FormData();
    form.set('image', new Blob([drawnFace()]), 'name-of-a-person.png');
    const headers = { 'x-request-id': 'request-7', authorization: `Bearer ${KEY}`, cookie: KEY };
    const response = await fetch(`${server.url}/v1/recognize?minConfidence=0.123456789`, {
      method: 'POST',
      body: form,
      headers,
    });
    expect(response.status).toBe(200);
    await fetch(`${server.url}/v1/${KEY}`);
    server.signal('SIGTERM');
    await server.end;
    const lines = server
      .log()
      .split('\n')
      .filter((line) => line.includes('"request"'))
      .map((line) => JSON.parse(line) as object);
    expect(lines).toEqual([
      expect.objectContaining({
        requestId: 'request-7',
        method: 'POST',
        route: '/v1/recognize',
        status: 200,
      }),
      expect.objectContaining({ method: 'GET', route: 'none', status: 404 }),
    ]);
    for (const secret of [KEY, 'name-of-a-person', '0.123456789']) expect(server.log()).not.toContain(secret);
  });
});
