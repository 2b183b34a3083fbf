/** An error as RFC 9457 ("Problem Details for HTTP APIs") writes it. */
export interface Problem {
  /** What kind of problem it is: a URN that does not change. */
  readonly type: string;
  /** The same for people; the same for all problems of the kind. */
  readonly title: string;
  /** The HTTP status. */
  readonly status: number;
  /** What was wrong this time, the value seen, and what to do. */
  readonly detail: string;
  /** The id that the log knows the request by. */
  readonly requestId?: string;
  /** `detail` once more, where the Open Inference Protocol looks for it. */
  readonly error?: string;
  /** Why each of several images could not be read. */
  readonly images?: readonly unknown[];
}

/** The content type of problems. */
export const PROBLEM_TYPE = 'application/problem+json';

/** The JSON schema of {@link Problem}. */
export const problemSchema = {
  $id: 'Problem',
  type: 'object',
  description: 'An error, as RFC 9457 writes it.',
  required: ['type', 'title', 'status', 'detail'],
  properties: {
    type: { type: 'string', description: 'The kind of problem, a URN that does not change.' },
    title: { type: 'string', description: 'The kind of problem for people.' },
    status: { type: 'integer', description: 'The HTTP status.' },
    detail: { type: 'string', description: 'What was wrong this time, and what to do.' },
    requestId: { type: 'string', description: 'The id that the log knows the request by.' },
    error: { type: 'string', description: '`detail` once more, for the Open Inference Protocol.' },
    images: {
      type: 'array',
      description: 'Why each of several images could not be read.',
      items: { type: 'object', additionalProperties: true },
    },
  },
} as const;
