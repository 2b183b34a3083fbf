import type { FastifySchemaValidationError } from 'fastify';

const quote = (value: unknown): string => JSON.stringify(value);

const wordsOfOne = ({ keyword, instancePath, params, message }: FastifySchemaValidationError): string => {
  const where = instancePath.slice(1).replaceAll('/', '.');
  const prefix = where === '' ? '' : `"${where}" `;
  if (keyword === 'additionalProperties')
    return `${prefix}has an unknown member ${quote(params['additionalProperty'])}`;
  if (keyword === 'enum') return `${prefix}must be one of ${quote(params['allowedValues'])}`;
  return `${prefix}${message ?? 'does not follow the schema'}`;
};

/** Says in words where data does not follow its schema. */
export const schemaWords = (errors: readonly FastifySchemaValidationError[] | null | undefined): string => {
  const found = errors ?? [];
  // Of alternatives, each that fails is an error of its own: what they ask for is said at once.
  if (found.some(({ keyword }) => keyword === 'oneOf')) {
    const wanted = found.flatMap(({ params: { missingProperty } }) =>
      typeof missingProperty === 'string' ? [missingProperty] : [],
    );
    return wanted.length === 0 ? 'has members that exclude each other' : `must have ${wanted.join(' or ')}`;
  }
  return found.map(wordsOfOne).join(', ');
};
