import type { ConcreteBackend } from '../backend/select-backend.ts';
import { compareWithPyTorch, COMPARED_ARCHITECTURE, PYTORCH_NAMES } from '../bench/compare-with-pytorch.ts';
import { describeComparison } from '../bench/describe-comparison.ts';
import { machine } from '../bench/machine.ts';
import { getArchitecture } from '../model/architectures.ts';

/**
 * Prints how fast training is here and in PyTorch, side by side.
 *
 * @param params.batch images per step; by default the architecture's own.
 * @throws {PyTorchUnavailableError} when the given Python cannot measure.
 */
export const benchAgainstPyTorch = async (params: {
  readonly python: string;
  readonly backends: readonly ConcreteBackend[];
  readonly batch: number | undefined;
  readonly steps: number;
  readonly isJson: boolean;
}): Promise<void> => {
  const { python, backends, batch, steps, isJson } = params;
  const batchSize = batch ?? getArchitecture(COMPARED_ARCHITECTURE).recipe.batchSize;
  const { isTTY } = process.stderr;
  const results = await compareWithPyTorch({
    python,
    backends,
    batchSize,
    steps,
    onMeasure: (name, round) => {
      process.stderr.write(isTTY ? `\r\u001B[Kround ${round}: ${name} …` : `round ${round}: ${name}\n`);
    },
  });
  if (isTTY) process.stderr.write('\r\u001B[K');
  const { cpu, cores, node } = machine();
  const header =
    `Training steps of ${COMPARED_ARCHITECTURE} in images per second; batch ${batchSize}; ${cpu}, ${cores} cores, Node ${node}\n` +
    'Medians of rounds in which all took turns; columns to the right: how many times as fast.';
  process.stdout.write(
    isJson
      ? `${JSON.stringify({ machine: machine(), architecture: COMPARED_ARCHITECTURE, batchSize, results }, null, 2)}\n`
      : `${header}\n\n${describeComparison(results, PYTORCH_NAMES)}\n`,
  );
};
