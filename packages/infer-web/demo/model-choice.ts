import type { ClassifierOptions } from '@mien/infer-web';
import { expressionModel } from '@mien/models';

/** A model that visitors may choose. */
export interface ModelChoice {
  readonly name: string;
  readonly source: Pick<ClassifierOptions, 'model' | 'card'>;
}

/** Where the server puts the export that was written last. */
export const NEWEST_EXPORT = './model/model.onnx';

/**
 * Lists the models of the page.
 *
 * @param address of a model of the visitor's own, from the page's address; it comes first.
 */
export const modelChoices = (address: string | null): ModelChoice[] => [
  ...(address === null ? [] : [{ name: address, source: { model: address } }]),
  ...Object.entries(expressionModel).map(([precision, source]) => ({
    name: `the one that ships with Mien (${precision})`,
    source,
  })),
  { name: 'the one exported last on this machine', source: { model: NEWEST_EXPORT } },
];
