import type { ShippedGraph } from '@mien/models';

/** Says where the models that ship with Mien lie. Pages that bring their own never load this part. */
export const shippedModels = async (): Promise<{
  readonly expression: ShippedGraph;
  readonly detector: ShippedGraph;
}> => {
  const { expressionModel, faceDetectorModel } = await import('@mien/models');
  return { expression: expressionModel.fp32, detector: faceDetectorModel.fp32 };
};
