import tf from '@tensorflow/tfjs';
import { withQuietConsole } from './quiet.ts';
import type { StartedBackend } from './started-backend.ts';

/** The part of the native backend's binding that tells its version; not in its typings. */
type NativeBackend = { readonly binding?: { readonly TF_Version?: string } };

/**
 * Starts native TensorFlow through tfjs-node.
 *
 * @throws an error with the reason in its first line when the addon or the library is missing or does not fit.
 */
export const startTensorflow = async (): Promise<StartedBackend> => {
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2';
  await withQuietConsole(() => import('@tensorflow/tfjs-node'));
  if (!(await tf.setBackend('tensorflow'))) throw new Error('tfjs-node loaded but did not start');
  const version = (tf.backend() as NativeBackend).binding?.TF_Version;
  return { description: `TensorFlow${version === undefined ? '' : ` ${version}`} (native)` };
};
