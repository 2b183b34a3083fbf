import { InferenceSession } from 'onnxruntime-node';

/** A graph as a file: its bytes, or its path, which is needed where its weights lie in another file beside it. */
export type OnnxSource = Uint8Array | string;

/** Opens a graph on onnxruntime's CPU provider; the caller releases the session. */
export const openSession = (
  source: OnnxSource,
  options: InferenceSession.SessionOptions = {},
): Promise<InferenceSession> => {
  const quiet = { logSeverityLevel: 3, ...options } as const;
  return typeof source === 'string'
    ? InferenceSession.create(source, quiet)
    : InferenceSession.create(source, quiet);
};
