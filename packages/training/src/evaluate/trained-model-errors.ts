import { MienError } from '@mien/contract';

/** A folder that holds no trained model, or not all of one. */
export class TrainedModelNotFoundError extends MienError {
  override readonly name = 'TrainedModelNotFoundError';
  constructor(
    readonly dir: string,
    readonly missing: string,
  ) {
    super(
      `There is no trained model in ${dir}: ${missing} is missing. Give the folder that training wrote, ` +
        `e.g. dist/training/residual, or train one: npx nx run training:fit.`,
    );
  }
}

/** A file of a trained model that cannot be read as what it should be. */
export class CorruptTrainedModelError extends MienError {
  override readonly name = 'CorruptTrainedModelError';
  constructor(
    readonly file: string,
    readonly problem: string,
    options: { readonly cause?: unknown } = {},
  ) {
    super(`${file} is damaged: ${problem}. Copy the folder again, or train the model again.`, options);
  }
}

/** A model and a card in one folder that do not belong together. */
export class MismatchedCardError extends MienError {
  override readonly name = 'MismatchedCardError';
  constructor(
    readonly dir: string,
    readonly cardSays: string,
    readonly modelSays: string,
  ) {
    super(
      `The model in ${dir} is not the one of its card: the card says ${cardSays}, the model ${modelSays}. ` +
        `Copy the whole folder, or train the model again.`,
    );
  }
}
