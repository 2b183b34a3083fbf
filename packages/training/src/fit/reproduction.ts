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
  /** One run after the other, see {@link Stage}; settings, and a seed where it is another one. */
  stages: v.pipe(
    v.array(v.looseObject({ seed: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))) })),
    v.minLength(1),
  ),
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

/**
 * One of the runs that made a model. It starts from the weights of the one before; with a `distillation` share it learns
 * from what that one answers, too.
 */
export interface Stage {
  readonly seed: number;
  readonly settings: GivenSettings;
}

/** How a model was made: what each run takes, apart from data and folders. */
export interface Reproduction {
  /** What all runs take. */
  readonly shared: Omit<FitOptions, 'settings' | 'seed'>;
  /** One run after the other. */
  readonly stages: readonly Stage[];
}

/** Where the data lies. */
export interface ReproductionData {
  readonly data: string;
  readonly votes: string;
}

/** Checks the names of all stages before the first is trained; values are checked when a run resolves its recipe. */
const assertStages = (path: string, stages: readonly Stage[]): void => {
  for (const [index, { settings }] of stages.entries()) {
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
  const { architecture, seed: firstSeed, protocol, ownLabels, exclude } = parsed.output;
  const stages = parsed.output.stages.map(({ seed = firstSeed, ...settings }) => ({ seed, settings }));
  assertStages(path, stages);
  return {
    shared: {
      data,
      votes,
      protocol,
      ...(ownLabels === undefined ? {} : { ownLabels }),
      ...(exclude === undefined ? {} : { exclude: join(folder, exclude) }),
      architecture,
    },
    stages,
  };
};
