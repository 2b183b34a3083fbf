import tf from '@tensorflow/tfjs';
import { nativeBackend } from './native-backend.ts';
import { withQuietConsole } from './quiet.ts';
import { registerNativeReluGradient } from './register-native-relu-gradient.ts';
import type { StartedBackend } from './started-backend.ts';

/**
 * Starts native TensorFlow through tfjs-node.
 *
 * @throws an error with the reason in its first line when the addon or the library is missing or does not fit.
 */
export const startTensorflow = async (): Promise<StartedBackend> => {
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2';
  await withQuietConsole(() => import('@tensorflow/tfjs-node'));
  if (!(await tf.setBackend('tensorflow'))) throw new Error('tfjs-node loaded but did not start');
  registerNativeReluGradient();
  const version = nativeBackend().binding.TF_Version;
  return { description: `TensorFlow${version === undefined ? '' : ` ${version}`} (native)` };
};
