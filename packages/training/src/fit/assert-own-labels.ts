import { getArchitecture } from '../model/architectures.ts';
import type { FitOptions } from './fit-options.ts';
import { InvalidRecipeError } from './validate-recipe.ts';

/**
 * Checks that an architecture can have a second head of the given name. Builds the network for it, so that a backend
 * must be up.
 *
 * @throws {InvalidRecipeError} when it takes none, or the name is no fit one or that of another layer.
 */
export const assertOwnLabels = ({ ownLabels, architecture: name }: FitOptions): void => {
  if (ownLabels === undefined) return;
  const refuse = (expected: string): never => {
    throw new InvalidRecipeError('ownLabels', ownLabels, expected);
  };
  const architecture = getArchitecture(name);
  if (!architecture.takesSecondHead) refuse(`left out with architecture "${name}"`);
  if (!/^[a-z][a-z0-9_]*$/u.test(ownLabels)) refuse('a name of small letters, digits and _');
  const model = architecture.build({ classes: 2, seed: 0 });
  const layers = model.layers.map((layer) => layer.name);
  model.dispose();
  if (layers.includes(ownLabels)) refuse(`another name: a layer of "${name}" is called so`);
};
