import { readFileSync } from 'node:fs';
import { InvalidArgumentError } from 'commander';
import {
  DOCUMENT_RECIPE,
  NO_AUGMENTATION,
  RESIDUAL_RECIPE,
  type AugmentRecipe,
} from '../augment/augment-recipe.ts';

/** Reads a number from the command line. @throws {InvalidArgumentError} when it is none. */
export const parseNumber = (text: string): number => {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError('It must be a number.');
  return value;
};

/** Reads a whole number, 0 or more. @throws {InvalidArgumentError} when it is none. */
export const parseWholeNumber = (text: string): number => {
  const value = parseNumber(text);
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new InvalidArgumentError('It must be a whole number, 0 or more.');
  }
  return value;
};

/** Reads a whole number, 1 or more. @throws {InvalidArgumentError} when it is none. */
export const parsePositive = (text: string): number => {
  const value = parseWholeNumber(text);
  if (value === 0) throw new InvalidArgumentError('It must be 1 or more.');
  return value;
};

const namedAugmentations: Readonly<Record<string, AugmentRecipe>> = {
  none: NO_AUGMENTATION,
  document: DOCUMENT_RECIPE,
  residual: RESIDUAL_RECIPE,
};

/**
 * Reads an augmentation: a name, JSON, or a JSON file. The fields of JSON replace those of the architecture's own.
 *
 * @throws {InvalidArgumentError} when it is neither; ranges are checked later, with the whole recipe.
 */
export const parseAugment = (text: string): Partial<AugmentRecipe> => {
  const named = Object.hasOwn(namedAugmentations, text) ? namedAugmentations[text] : undefined;
  if (named !== undefined) return named;
  try {
    const json: unknown = JSON.parse(text.endsWith('.json') ? readFileSync(text, 'utf8') : text);
    if (typeof json === 'object' && json !== null && !Array.isArray(json)) return json;
  } catch {
    // Told below, for all that is no JSON object.
  }
  throw new InvalidArgumentError(
    `It must be one of ${Object.keys(namedAugmentations).join(', ')}, a JSON object, or a file that ends in .json.`,
  );
};
