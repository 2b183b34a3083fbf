import type { FastifySchema } from 'fastify';

/** Where a route's schema holds bodies that are described and not checked: bytes, and what is read as a stream. */
export const FURTHER_BODIES = Symbol('further bodies');

/** What the answers of a route look like where something is wrong. */
export const problemResponses = (...statuses: readonly number[]): Record<number, object> =>
  Object.fromEntries(
    statuses.map((status) => [
      status,
      {
        description: 'A problem.',
        content: { 'application/problem+json': { schema: { $ref: 'Problem#' } } },
      },
    ]),
  );

/** The schema of a route, and bodies that it only describes. */
interface DescribedSchema extends FastifySchema {
  readonly [FURTHER_BODIES]?: Readonly<Record<string, object>>;
}

/** A route's schema with all bodies that it takes, for the description. */
export const withFurtherBodies = (schema: DescribedSchema): FastifySchema => {
  const further = schema[FURTHER_BODIES];
  if (further === undefined) return schema;
  const { content } = schema.body as { readonly content: object };
  return { ...schema, body: { content: { ...content, ...further } } };
};
