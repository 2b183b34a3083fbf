import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { readBodies } from '../body/read-bodies.ts';
import { FURTHER_BODIES, problemResponses } from '../docs/route-schemas.ts';
import { startDeadline } from '../http/deadline.ts';
import { MalformedBodyError } from '../problem/request-errors.ts';
import { schemaWords } from '../problem/schema-words.ts';
import { requireRoom } from '../queue/require-room.ts';
import type { ServerContext } from '../server-context.ts';
import { readJsonUpload, type JsonUpload } from './read-json-upload.ts';
import { readMultipartUpload } from './read-multipart-upload.ts';
import { recognizeImages } from './recognize-images.ts';
import {
  furtherBodySchemas,
  jsonImagesSchema,
  optionsSchema,
  recognitionSchema,
} from './recognize-schemas.ts';
import { requireFinite } from './require-finite.ts';
import type { RecognitionRequest, Upload } from './uploaded-image.ts';

const IMAGE_TYPES = /^(image\/[\w.+-]+|application\/octet-stream)(\s*;|$)/iu;

const schema = {
  summary: 'Find faces and read their expressions',
  description:
    'Takes one image as the body, several in a form, or images as base64 in JSON. Where only some of several images ' +
    'can be read, the answer is 200 and the others have a `problem` each; where none can, it is 422.',
  tags: ['Recognition'],
  querystring: optionsSchema,
  body: { content: { 'application/json': { schema: jsonImagesSchema } } },
  response: { 200: recognitionSchema, ...problemResponses(400, 401, 408, 413, 415, 422, 429, 500, 503) },
  [FURTHER_BODIES]: furtherBodySchemas,
};

/** Checks the fields of a form the way a query is checked; their numbers, which are text, become numbers. */
const requireOptions = (request: FastifyRequest, fields: object): RecognitionRequest => {
  const validate = request.compileValidationSchema(optionsSchema);
  if (validate(fields)) return fields;
  throw new MalformedBodyError(`the form ${schemaWords(validate.errors)}`);
};

const readUpload = async (request: FastifyRequest, { options }: ServerContext): Promise<Upload> => {
  // More than may wait would never find room.
  const maxImages = Math.min(options.limits.images, options.limits.queue);
  if (request.isMultipart()) {
    const { images, fields } = await readMultipartUpload(request, request.allowance, { maxImages });
    return { images, options: requireOptions(request, fields) };
  }
  if (request.body instanceof Uint8Array) return { images: [{ bytes: request.body }], options: {} };
  if (request.body === undefined) throw new MalformedBodyError('it is empty');
  return readJsonUpload(request.body as JsonUpload, { maxImages });
};

const answer = async (context: ServerContext, request: FastifyRequest, reply: FastifyReply) => {
  const upload = await readUpload(request, context);
  using deadline = startDeadline(reply, context.options.times.answerMs);
  const asked = { ...upload.options, ...(request.query as RecognitionRequest) };
  requireFinite(asked);
  const images = await recognizeImages(upload.images, context, asked, deadline.signal);
  const { name, graph } = context.service.recognizer.card;
  return { model: { name, sha256: graph.sha256 }, images };
};

/** `POST /v1/recognize`. */
export const recognizeRoute = (app: FastifyInstance, context: ServerContext): void => {
  void app.register(async (scope) => {
    readBodies(scope, context, { json: true, binary: IMAGE_TYPES, forms: true });
    scope.addHook('onRequest', async () => requireRoom(context));
    scope.post('/v1/recognize', { schema }, (request, reply) => answer(context, request, reply));
  });
};
