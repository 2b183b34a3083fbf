import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { readBodies } from '../body/read-bodies.ts';
import { FURTHER_BODIES, problemResponses } from '../docs/route-schemas.ts';
import { startDeadline } from '../http/deadline.ts';
import { MalformedBodyError } from '../problem/request-errors.ts';
import { schemaWords } from '../problem/schema-words.ts';
import { requireRoom } from '../queue/require-room.ts';
import type { ServerContext } from '../server-context.ts';
import { VERSION } from '../../version.ts';
import { toTensors } from './check-inputs.ts';
import { JSON_LENGTH_HEADER, splitMessage, type InferRequest } from './infer-message.ts';
import { toInferResponse } from './infer-response.ts';
import { inferRequestSchema, modelMetadataSchema, serverMetadataSchema } from './inference-schemas.ts';
import { findGraph, type ServedGraph, type TensorInfo } from './served-graph.ts';

const tags = ['Open Inference Protocol'];
const BODY_TYPES = /^application\/(json|octet-stream)(\s*;|$)/iu;

type ModelRequest = FastifyRequest<{ Params: { model: string } }>;

const tensorMetadata = ({ name, shape }: TensorInfo) => ({
  name,
  datatype: 'FP32',
  shape: shape.map((size) => size ?? -1),
});

const modelMetadata = ({ name, input, output }: ServedGraph) => ({
  name,
  platform: 'onnx_onnxv1',
  inputs: [tensorMetadata(input)],
  outputs: [tensorMetadata(output)],
});

const readRequest = (request: FastifyRequest): { readonly message: InferRequest; readonly bytes: Buffer } => {
  if (!(request.body instanceof Buffer)) throw new MalformedBodyError('it is empty');
  const { json, bytes } = splitMessage(request.body, request.headers[JSON_LENGTH_HEADER]?.toString());
  const validate = request.compileValidationSchema(inferRequestSchema);
  if (validate(json)) return { message: json as InferRequest, bytes };
  throw new MalformedBodyError(`it ${schemaWords(validate.errors)}`);
};

const infer = async (
  { service, queue, options }: ServerContext,
  request: ModelRequest,
  reply: FastifyReply,
): Promise<FastifyReply> => {
  const { recognizer } = service;
  const graph = findGraph(recognizer, request.params.model);
  const { message, bytes } = readRequest(request);
  const tensors = toTensors(graph, message.inputs, bytes);
  using deadline = startDeadline(reply, options.times.answerMs);
  const { signal } = deadline;
  const given = await queue.run(() => recognizer.runGraph(graph.name, tensors, { signal }), signal);
  const answer = toInferResponse(graph.name, message, given);
  const json = Buffer.from(JSON.stringify(answer.json));
  if (answer.bytes.length === 0) return reply.type('application/json; charset=utf-8').send(json);
  reply.header(JSON_LENGTH_HEADER, json.byteLength);
  return reply.type('application/octet-stream').send(Buffer.concat([json, ...answer.bytes]));
};

const inferSchema = {
  summary: 'Run a graph on tensors',
  description:
    'Tensors are JSON, or bytes after the JSON as the extension binary_tensor_data says: little-endian float32, with ' +
    `the length of the JSON in ${JSON_LENGTH_HEADER}.`,
  tags,
  body: { content: {} },
  response: { ...problemResponses(400, 401, 404, 413, 429, 503) },
  [FURTHER_BODIES]: {
    'application/json': { schema: inferRequestSchema },
    'application/octet-stream': { schema: { type: 'string', format: 'binary' } },
  },
};

/** The Open Inference Protocol's metadata and inference; see https://github.com/kserve/open-inference-protocol. */
export const inferenceRoutes = (app: FastifyInstance, context: ServerContext): void => {
  const { service } = context;
  app.get(
    '/v2',
    { schema: { summary: 'What the server is', tags, response: { 200: serverMetadataSchema } } },
    async () => ({ name: 'mien', version: VERSION, extensions: ['binary_tensor_data'] }),
  );
  app.get<{ Params: { model: string } }>(
    '/v2/models/:model',
    {
      schema: {
        summary: 'What a graph takes and gives',
        tags,
        response: { 200: modelMetadataSchema, ...problemResponses(404, 503) },
      },
    },
    async ({ params: { model } }) => modelMetadata(findGraph(service.recognizer, model)),
  );
  void app.register(async (scope) => {
    readBodies(scope, context, { binary: BODY_TYPES });
    scope.addHook('onRequest', async () => requireRoom(context));
    scope.post('/v2/models/:model/infer', { schema: inferSchema }, (request: ModelRequest, reply) =>
      infer(context, request, reply),
    );
  });
};
