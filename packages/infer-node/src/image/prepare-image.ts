import type { Prepared } from '../workers/worker-pool.ts';
import { packImage, type ImageSource, type NamedImage, type PackOptions } from './image-source.ts';

/**
 * Makes a task for the workers of a picture and what else the job is told.
 *
 * @throws what {@link packImage} throws.
 */
export const prepareImage = async <Details extends object>(
  source: ImageSource,
  options: PackOptions,
  details: Details,
): Promise<Prepared<Details & { readonly image: NamedImage }>> => {
  const { image, transfer } = await packImage(source, options);
  return { name: image.name, task: { ...details, image }, transfer };
};
