import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { FitParams } from '../fit/fit.ts';
import type { FitOptions } from '../fit/fit-options.ts';
import { recipeOf } from '../fit/recipe-of.ts';
import { sourceModels } from '../fit/source-models.ts';
import { WriteFailedError } from '../fit/write-atomically.ts';
import { formatDomain } from './domain.ts';
import { makeTrials, optionsForSearch } from './make-trials.ts';
import type { Metric } from './metric.ts';
import { planRungs, type Method } from './plan-rungs.ts';
import { Search } from './search.ts';
import type { SearchObserver, SearchState } from './search-observer.ts';
import { openSearchRecord, type SearchDefinition } from './search-record.ts';
import { buildSpace, type GivenSpace } from './space.ts';

/** What to search, and how. */
export interface TuneParams extends Pick<FitParams, 'acceptsNewCode' | 'backend' | 'workers' | 'cacheDir'> {
  /** Data, architecture, seed, and the settings that all trials share. The seed draws the trials too. */
  readonly options: FitOptions;
  /** Folder for everything that the search makes. */
  readonly out: string;
  readonly space: GivenSpace;
  readonly method: Method;
  readonly trials: number;
  /** Epochs of a whole run. */
  readonly epochs: number;
  /** See {@link planRungs}. */
  readonly factor: number;
  /** Epochs of the shortest rung; by default one more than the warm-up, as no learning rate shows before. */
  readonly minEpochs?: number | undefined;
  readonly metric: Metric;
  /** True where the first trial is the recipe as it stands, to compare with. */
  readonly hasBaseline: boolean;
  /** Throws away a search that lies in the folder. */
  readonly isFresh: boolean;
  /** Stops the search after the step in progress, with a checkpoint. */
  readonly signal?: AbortSignal;
  readonly observer?: SearchObserver;
}

/** What a search leaves at the top of its folder. */
const LEFT = ['search.json', 'trials', 'leaderboard.json', 'leaderboard.html'];

const clear = async (folder: string): Promise<void> => {
  try {
    for (const name of LEFT) await rm(join(folder, name), { recursive: true, force: true });
  } catch (cause) {
    throw new WriteFailedError(folder, { cause });
  }
};

/**
 * Searches settings: draws trials, trains them by rungs, and ranks them on the validation images. The same call goes on
 * with a search that was stopped or killed; one with more trials, another method or metric makes use of what is there.
 *
 * @throws {InvalidSpaceError} when the space or the plan cannot be searched.
 * @throws {ChangedSearchError} when the folder holds a search of other trials.
 * @throws {SearchInterruptedError} after `signal`; all is saved.
 */
export const tune = async (params: TuneParams): Promise<SearchState> => {
  const { out: folder, method, metric, hasBaseline, factor, epochs } = params;
  const {
    acceptsNewCode,
    backend,
    workers,
    cacheDir,
    observer = {},
    signal = new AbortController().signal,
  } = params;
  const options = optionsForSearch(params.options, epochs);
  const recipe = recipeOf(options);
  const space = buildSpace(recipe, params.options.settings, params.space);
  const { minEpochs = Math.ceil(recipe.warmupEpochs) + 1 } = params;
  // Once for its checks, before as many trials are drawn as may be asked for by mistake.
  planRungs({ method, trials: params.trials, epochs, factor, minEpochs });
  const trials = makeTrials({ options, space, count: params.trials, hasBaseline });
  const rungs = planRungs({ method, trials: trials.length, epochs, factor, minEpochs });
  const definition: SearchDefinition = {
    options: { ...options, ...(await sourceModels(options)) },
    space: Object.fromEntries(space.map(({ axis, domain }) => [axis.name, formatDomain(domain)])),
    hasBaseline,
  };
  if (params.isFresh) await clear(folder);
  const record = await openSearchRecord(folder, definition);
  const search = new Search({
    plan: { folder, trials, rungs, space, metric, method },
    record,
    signal,
    observer,
    cacheDir,
    acceptsNewCode,
    backend,
    workers,
  });
  return search.run();
};
