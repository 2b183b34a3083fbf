import type { AbuseOutcome, AbuseTarget } from './abuse-case.ts';

/** What is posted, and where to, `/v1/recognize` unless told otherwise. */
export interface PostParams {
  readonly body?: string | Uint8Array;
  readonly type?: string;
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends one request. @returns its status. */
export const post = async (
  { url }: AbuseTarget,
  { body, type, path = '/v1/recognize', method = 'POST', headers = {} }: PostParams,
): Promise<AbuseOutcome> => {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { ...(type === undefined ? {} : { 'content-type': type }), ...headers },
    ...(body === undefined ? {} : { body }),
  });
  await response.arrayBuffer();
  return response.status;
};
