import { createRecognizer } from '@mien/infer-node';
import type { OpenFaceReader } from '../face-reader.ts';

/** Mien, with one worker thread. */
export const openMien: OpenFaceReader = async () => {
  const recognizer = await createRecognizer({ workers: 1 });
  return { read: (jpeg) => recognizer.recognize(jpeg), close: () => recognizer.close() };
};
