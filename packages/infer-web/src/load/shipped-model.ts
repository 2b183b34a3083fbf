import type { ModelSource } from './load-model.ts';

/** Says where the model that ships with Mien lies. Pages that bring their own never load this part. */
export const shippedModel = async (): Promise<ModelSource> => {
  const { expressionModel } = await import('@mien/models');
  return expressionModel.fp32;
};
