import { benchBackend } from '../backend/bench-backends.ts';
import type { ConcreteBackend } from '../backend/select-backend.ts';
import type { ComputeType } from '../backend/native/native-ops.ts';
import { compareSpeeds, type Contender, type ContenderSpeeds } from './compare-speeds.ts';
import { measurePyTorch, PYTORCH_MODES } from './measure-pytorch.ts';

/** The network that both sides train. */
export const COMPARED_ARCHITECTURE = 'residual';

const ROUNDS = 3;

/** What PyTorch's contenders are called, in the order of the modes. */
export const PYTORCH_NAMES = PYTORCH_MODES.map((mode) => `PyTorch ${mode}`);

/** How much is measured at a time. */
interface Amount {
  readonly batchSize: number;
  readonly steps: number;
}

const ours = (backend: ConcreteBackend, precision: ComputeType, amount: Amount): Contender => ({
  name: `Mien ${backend} ${precision}`,
  measure: async () => {
    const { speed, reason } = await benchBackend({
      backend,
      precision,
      architecture: COMPARED_ARCHITECTURE,
      ...amount,
    });
    return speed === undefined ? { reason } : { imagesPerSecond: speed.imagesPerSecond };
  },
});

/**
 * Measures training steps of the `residual` network here and in PyTorch, in turns.
 *
 * @param params.python path of a Python that has PyTorch.
 * @returns PyTorch's contenders first.
 * @throws {PyTorchUnavailableError} when that Python cannot measure; before anything else is measured.
 */
export const compareWithPyTorch = async (
  params: Amount & {
    readonly python: string;
    readonly backends: readonly ConcreteBackend[];
    readonly onMeasure?: (name: string, round: number) => void;
  },
): Promise<ContenderSpeeds[]> => {
  const { python, backends, batchSize, steps, onMeasure } = params;
  const amount = { batchSize, steps };
  const theirs = PYTORCH_MODES.map((mode) => ({
    name: `PyTorch ${mode}`,
    measure: () => measurePyTorch({ python, mode, ...amount }),
  }));
  const contenders = [
    ...theirs,
    ...backends.flatMap((backend) =>
      // bfloat16 is native TensorFlow's alone.
      (backend === 'tensorflow' ? (['float32', 'bfloat16'] as const) : (['float32'] as const)).map(
        (precision) => ours(backend, precision, amount),
      ),
    ),
  ];
  return compareSpeeds({ contenders, rounds: ROUNDS, ...(onMeasure === undefined ? {} : { onMeasure }) });
};
