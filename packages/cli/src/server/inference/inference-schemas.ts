const parameters = {
  type: 'object',
  additionalProperties: true,
  description: 'Parameters of extensions; those of others are passed over.',
} as const;

const tensor = {
  name: { type: 'string' },
  shape: { type: 'array', items: { type: 'integer' }, description: 'Row-major.' },
  datatype: { type: 'string', description: 'FP32.' },
} as const;

const data = {
  type: 'array',
  description: 'The numbers, flat or nested as the shape is. Left out where they follow as bytes.',
  items: {},
} as const;

/** The JSON schema of a request to run a graph; tensors are held to the graph itself. */
export const inferRequestSchema = {
  type: 'object',
  required: ['inputs'],
  properties: {
    id: { type: 'string', description: 'Given back in the answer.' },
    parameters,
    inputs: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        required: ['name', 'shape', 'datatype'],
        properties: { ...tensor, parameters, data },
      },
    },
    outputs: {
      type: 'array',
      description: 'The outputs that are wanted; all where it is left out.',
      items: { type: 'object', required: ['name'], properties: { name: { type: 'string' }, parameters } },
    },
  },
} as const;

const described = (properties: Record<string, object>) =>
  ({ type: 'object', required: Object.keys(properties), properties }) as const;

/** The JSON schema of what the server is. */
export const serverMetadataSchema = described({
  name: { type: 'string' },
  version: { type: 'string' },
  extensions: { type: 'array', items: { type: 'string' } },
});

const tensorMetadata = described({
  name: tensor.name,
  datatype: tensor.datatype,
  shape: { ...tensor.shape, description: '-1 for sizes that a request chooses.' },
});

/** The JSON schema of what a graph is. */
export const modelMetadataSchema = described({
  name: { type: 'string' },
  platform: { type: 'string' },
  inputs: { type: 'array', items: tensorMetadata },
  outputs: { type: 'array', items: tensorMetadata },
});

/** The JSON schemas of the answers to probes. */
export const healthSchemas = {
  live: described({ live: { type: 'boolean' } }),
  ready: described({ ready: { type: 'boolean' } }),
  modelReady: described({ name: { type: 'string' }, ready: { type: 'boolean' } }),
} as const;
