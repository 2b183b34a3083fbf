import { goldenInput, largestDifference, type DetectorCard, type ModelCard } from '@mien/contract';
import { expressionModel, faceDetectorModel } from '@mien/models';
import { readFileSync } from 'node:fs';
import { startTestServer } from '../running-server.test-support.ts';
import type { RunningServer } from '../start-server.ts';

const expression = JSON.parse(readFileSync(expressionModel.fp32.card, 'utf8')) as ModelCard;
const detector = JSON.parse(readFileSync(faceDetectorModel.fp32.card, 'utf8')) as DetectorCard;

let server: RunningServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const get = async (path: string): Promise<{ readonly status: number; readonly body: unknown }> => {
  const response = await fetch(`${server.url}${path}`);
  return { status: response.status, body: await response.json() };
};

const infer = (
  model: string,
  body: string | Uint8Array,
  headers: Readonly<Record<string, string>> = { 'content-type': 'application/json' },
): Promise<Response> => fetch(`${server.url}/v2/models/${model}/infer`, { method: 'POST', body, headers });

/** A request for a graph's golden self-test, whose outputs its card holds. */
const goldenRequest = (card: ModelCard | DetectorCard) => {
  const { channels, heightPx, widthPx } = card.input;
  const shape = [card.golden.outputs.length, channels, heightPx, widthPx];
  return { name: card.graph.input.name, shape, datatype: 'FP32', data: goldenInput(card) };
};

interface Output {
  readonly name: string;
  readonly shape: readonly number[];
  readonly datatype: string;
  readonly data: readonly number[];
}

const outputOf = async (response: Response): Promise<Output> => {
  const { outputs } = (await response.json()) as { readonly outputs: readonly [Output] };
  return outputs[0];
};

describe('the Open Inference Protocol', () => {
  test('says what the server is and what it adds to the protocol', async () => {
    const { body } = await get('/v2');
    expect(body).toEqual({ name: 'mien', version: '0.1.0', extensions: ['binary_tensor_data'] });
  });

  test('says what both graphs take and give', async () => {
    await expect(get('/v2/models/expression')).resolves.toEqual({
      status: 200,
      body: {
        name: 'expression',
        platform: 'onnx_onnxv1',
        inputs: [{ name: 'pixels', datatype: 'FP32', shape: [-1, 1, 48, 48] }],
        outputs: [{ name: 'probabilities', datatype: 'FP32', shape: [-1, expression.labels.length] }],
      },
    });
    await expect(get('/v2/models/face-detector')).resolves.toMatchObject({
      body: { inputs: [{ shape: [-1, 3, 256, 256] }], outputs: [{ shape: [-1, detector.candidates, 17] }] },
    });
  });

  test('says that it is live and ready, and each graph too', async () => {
    await expect(get('/v2/health/live')).resolves.toEqual({ status: 200, body: { live: true } });
    await expect(get('/v2/health/ready')).resolves.toEqual({ status: 200, body: { ready: true } });
    for (const name of ['expression', 'face-detector'])
      await expect(get(`/v2/models/${name}/ready`)).resolves.toEqual({
        status: 200,
        body: { name, ready: true },
      });
  });

  test.each(['/v2/models/none', '/v2/models/none/ready'])(
    'has no %s, and says so in its own way too',
    async (path) => {
      const { status, body } = await get(path);
      expect(status).toBe(404);
      expect(body).toMatchObject({
        type: 'urn:mien:problem:unknown-model',
        error: 'There is no model "none". Models: expression, face-detector.',
      });
    },
  );

  test('gives the golden outputs of the expression’s card for the golden input as JSON', async () => {
    const { data, ...input } = goldenRequest(expression);
    const response = await infer(
      'expression',
      JSON.stringify({
        id: 'mine',
        inputs: [{ ...input, data: [...data] }],
        outputs: [{ name: 'probabilities' }],
      }),
    );
    const body = (await response.clone().json()) as object;
    expect(body).toMatchObject({ model_name: 'expression', id: 'mine' });
    const output = await outputOf(response);
    expect(output).toMatchObject({ name: 'probabilities', datatype: 'FP32' });
    expect(output.shape).toEqual([expression.golden.outputs.length, expression.labels.length]);
    expect(largestDifference(expression.golden.outputs.flat(), output.data)).toBeLessThan(
      expression.golden.tolerance,
    );
  });

  test('gives the golden outputs of the detector’s card for the golden input as bytes', async () => {
    const { data, ...input } = goldenRequest(detector);
    const head = Buffer.from(
      JSON.stringify({ inputs: [{ ...input, parameters: { binary_data_size: data.byteLength } }] }),
    );
    const response = await infer('face-detector', Buffer.concat([head, Buffer.from(data.buffer)]), {
      'content-type': 'application/octet-stream',
      'inference-header-content-length': `${head.byteLength}`,
    });
    const { shape, data: numbers } = await outputOf(response);
    const [images = 0, candidates = 0, fields = 0] = shape;
    const picked = Array.from({ length: images * candidates }, (_, candidate) => candidate)
      .filter((candidate) => (candidate % candidates) % detector.golden.candidateStep === 0)
      .flatMap((candidate) => numbers.slice(candidate * fields, (candidate + 1) * fields));
    expect(largestDifference(detector.golden.outputs.flat(), picked)).toBeLessThan(detector.golden.tolerance);
  });

  test('gives the same as bytes as it gives as JSON', async () => {
    const { data, ...input } = goldenRequest(expression);
    const request = { inputs: [{ ...input, data: [...data] }] };
    const { data: expected } = await outputOf(await infer('expression', JSON.stringify(request)));
    const response = await infer(
      'expression',
      JSON.stringify({ ...request, parameters: { binary_data_output: true } }),
    );
    const body = Buffer.from(await response.arrayBuffer());
    const length = Number(response.headers.get('inference-header-content-length'));
    const { outputs } = JSON.parse(body.toString('utf8', 0, length)) as {
      readonly outputs: readonly object[];
    };
    expect(outputs).toEqual([
      {
        name: 'probabilities',
        shape: [expression.golden.outputs.length, expression.labels.length],
        datatype: 'FP32',
        parameters: { binary_data_size: body.byteLength - length },
      },
    ]);
    const given = expected.map((_, index) => body.readFloatLE(length + index * 4));
    expect(given).toEqual(expected);
  });

  test.each<[string, object, number, RegExp]>([
    ['another input', { name: 'faces' }, 400, /takes one input, "pixels"/u],
    ['another datatype', { datatype: 'UINT8' }, 400, /not "FP32"/u],
    ['another shape', { shape: [1, 3, 48, 48] }, 400, /not \[-1, 1, 48, 48\]/u],
    ['no image', { shape: [0, 1, 48, 48], data: [] }, 400, /has shape \[0, /u],
    ['too few numbers', { data: [1, 2] }, 400, /has 2 numbers, its shape asks for 2304/u],
    ['a batch too large', { shape: [65, 1, 48, 48] }, 413, /at most 64/u],
    ['no shape', { shape: undefined }, 400, /required property 'shape'/u],
  ])('refuses %s', async (_, changes, status, words) => {
    const input = {
      name: 'pixels',
      shape: [1, 1, 48, 48],
      datatype: 'FP32',
      data: Array.from({ length: 2304 }, () => 0),
    };
    const response = await infer('expression', JSON.stringify({ inputs: [{ ...input, ...changes }] }));
    expect(response.status).toBe(status);
    const { error, detail } = (await response.json()) as { readonly error: string; readonly detail: string };
    expect(error).toMatch(words);
    expect(detail).toBe(error);
  });

  test.each([
    [['logits'], '"logits" is no output'],
    [['constructor'], '"constructor" is no output'],
    [['probabilities', 'probabilities'], 'more than once'],
  ])('refuses outputs that the graph does not give, or not so often: %j', async (names, message) => {
    const input = {
      name: 'pixels',
      shape: [1, 1, 48, 48],
      datatype: 'FP32',
      data: Array.from({ length: 2304 }, () => 0),
    };
    const response = await infer(
      'expression',
      JSON.stringify({ inputs: [input], outputs: names.map((name) => ({ name })) }),
    );
    expect(response.status).toBe(400);
    await expect(response.json()).resolves.toMatchObject({ error: expect.stringContaining(message) });
  });
});
