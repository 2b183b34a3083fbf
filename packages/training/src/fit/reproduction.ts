import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MienError } from '@mien/contract';
import * as v from 'valibot';
import { PROTOCOLS } from '../dataset/protocol.ts';
import type { FitOptions, GivenSettings } from './fit-options.ts';
import { assertKnownSettings, UnknownSettingError } from './unknown-setting.ts';

const text = v.pipe(v.string(), v.nonEmpty());

const recipeFile = v.strictObject({
  architecture: text,
  seed: v.pipe(v.number(), v.integer(), v.minValue(0)),
  protocol: v.picklist(PROTOCOLS),
  /** The second output, see {@link FitOptions.ownLabels}. */
  ownLabels: v.optional(text),
  /** A file beside this one, see {@link FitOptions.exclude}. */
  exclude: v.optional(text),
  /** One run after the other, each starting from the weights of the one before. */
  stages: v.pipe(v.array(v.record(v.string(), v.unknown())), v.minLength(1)),
});

/** A model's folder without a usable `recipe.json`. */
export class RecipeFileError extends MienError {
  override readonly name = 'RecipeFileError';
  constructor(
    readonly path: string,
    readonly problem: string,
    options?: ErrorOptions,
  ) {
    super(`Cannot read ${path}: ${problem}. Name a model with --model that came with its recipe.`, options);
  }
}

/** How a model was made: what each run takes, apart from data and folders. */
export interface Reproduction {
  /** What all runs take. */
  readonly shared: Omit<FitOptions, 'settings'>;
  /** The settings of one run after the other, each starting from the weights of the one before. */
  readonly stages: readonly GivenSettings[];
}

/** Where the data lies. */
export interface ReproductionData {
  readonly data: string;
  readonly votes: string;
}

/** Checks the names of all stages before the first is trained; values are checked when a run resolves its recipe. */
const assertStages = (path: string, stages: readonly GivenSettings[]): void => {
  for (const [index, settings] of stages.entries()) {
    try {
      assertKnownSettings(settings);
    } catch (error) {
      if (!(error instanceof UnknownSettingError)) throw error;
      const problem = `stage ${index + 1} gives "${error.setting}", which is no setting; the nearest is "${error.nearest}"`;
      throw new RecipeFileError(path, problem);
    }
  }
};

/**
 * Reads `recipe.json` of a model's folder.
 *
 * @param folder holds `recipe.json` and the list of exclusions that it names.
 * @throws {RecipeFileError} when there is none, or it is not one.
 */
export const readReproduction = async (
  folder: string,
  { data, votes }: ReproductionData,
): Promise<Reproduction> => {
  const path = join(folder, 'recipe.json');
  let json: unknown;
  try {
    json = JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    const isAbsent = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    throw new RecipeFileError(path, isAbsent ? 'there is no such file' : 'it is not JSON', { cause });
  }
  const parsed = v.safeParse(recipeFile, json);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    throw new RecipeFileError(path, `${v.getDotPath(issue) ?? 'it'}: ${issue.message}`);
  }
  const { architecture, seed, protocol, ownLabels, exclude, stages } = parsed.output;
  assertStages(path, stages);
  return {
    shared: {
      data,
      votes,
      protocol,
      ...(ownLabels === undefined ? {} : { ownLabels }),
      ...(exclude === undefined ? {} : { exclude: join(folder, exclude) }),
      architecture,
      seed,
    },
    stages,
  };
};
