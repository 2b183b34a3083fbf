import type { RecognizerOptions } from '../create-recognizer.ts';
import { absolute, isAddress } from '../load/address.ts';
import type { ModelSource } from '../load/load-model.ts';
import { shippedModels } from '../load/shipped-models.ts';
import { recognitionSettings } from '@mien/pipeline';
import type { WorkerSetup } from './jobs.ts';

/** A source whose addresses mean in the worker what they mean in the page. */
const postable = ({ model, card }: ModelSource): ModelSource => {
  const toAddress = <Value>(value: Value) => (isAddress(value) ? absolute(value) : value);
  return { model: toAddress(model), ...(card === undefined ? {} : { card: toAddress(card) }) };
};

const nameOf = ({ model }: ModelSource): string =>
  isAddress(model) ? absolute(model) : `The model of ${model.byteLength} bytes`;

/**
 * Turns options into what a worker is started with.
 *
 * @returns with it, what messages call the expression model.
 * @throws {InvalidOptionError} when an option has a value that it cannot have.
 */
export const prepareSetup = async (
  options: RecognizerOptions,
): Promise<{ readonly setup: WorkerSetup; readonly model: string }> => {
  const { model, card, detector, device = 'auto', assetsUrl } = options;
  const recognition = recognitionSettings(options);
  const own = card === undefined ? {} : { card };
  const expression =
    model === undefined ? { ...(await shippedModels()).expression, ...own } : { model, ...own };
  const setup = {
    expression: postable(expression),
    detector: postable(detector ?? (await shippedModels()).detector),
    device,
    assetsUrl: assetsUrl === undefined ? undefined : absolute(assetsUrl),
    recognition,
  };
  return { setup, model: nameOf(expression) };
};
