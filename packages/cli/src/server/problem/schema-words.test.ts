import fastify from 'fastify';
import { schemaWords } from './schema-words.ts';

const app = fastify({
  ajv: { customOptions: { removeAdditional: false } },
  schemaErrorFormatter: (errors) => new Error(schemaWords(errors)),
});
afterAll(() => app.close());

const schema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    size: { type: 'integer', minimum: 1 },
    clock: { type: 'string', enum: ['server', 'client'] },
    one: { type: 'string' },
    many: { type: 'array', items: { type: 'string' } },
  },
  oneOf: [{ required: ['one'] }, { required: ['many'] }],
};

app.post('/', { schema: { body: schema } }, async () => 'fine');

test.each<[object, string]>([
  [{ one: 'a', size: 0 }, '"size" must be >= 1'],
  [{ one: 'a', clock: 'sun' }, '"clock" must be one of ["server","client"]'],
  [{ one: 'a', more: 1 }, 'has an unknown member "more"'],
  [{ many: [{}] }, '"many.0" must be string'],
  [{}, 'must have one or many'],
  [{ one: 'a', many: [] }, 'has members that exclude each other'],
])('of %j it says: %s', async (payload, words) => {
  const response = await app.inject({ method: 'POST', url: '/', payload });
  expect(response.statusCode).toBe(400);
  expect(response.json()).toMatchObject({ message: words });
});
