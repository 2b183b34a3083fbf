import { access, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ChangedCodeError } from './changed-code-error.ts';
import { readCheckpoint, writeCheckpoint, type Checkpoint } from './checkpoint.ts';
import type { EpochRecord } from './history.ts';
import { ChangedSettingsError, settingsChanges } from './settings-changes.ts';
import type { EpochSums } from './step-metrics.ts';
import type { Vectors } from './vectors.ts';

/** How far a run has come. */
export interface RunProgress {
  /** The epochs that are done. */
  readonly history: readonly EpochRecord[];
  /** The epoch in progress. */
  readonly sums: EpochSums;
}

/** What a run is known by: it goes on only as the same. */
export interface RunIdentity {
  /** Everything that shapes the run, plain JSON. */
  readonly settings: unknown;
  /** See `codeHash`. */
  readonly code: string;
  /** Goes on also with a run that other code has begun. */
  readonly acceptsNewCode?: boolean | undefined;
}

/** `codes` are absent in checkpoints of before they were noted. */
type LastHeader = RunProgress & { readonly settings: unknown; readonly codes?: readonly string[] };

const exists = async (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

/** The two checkpoints of a run in their folder: the latest state to go on from, and the best epoch's weights. */
export class CheckpointStore {
  readonly #folder: string;
  readonly #run: RunIdentity;
  #codes: readonly string[];

  constructor(folder: string, run: RunIdentity) {
    this.#folder = folder;
    this.#run = run;
    this.#codes = [run.code];
  }

  /** The code that has had a part in the run, in order; more than one where it went on under other code. */
  get codes(): readonly string[] {
    return this.#codes;
  }

  /** Tells whether a folder holds a run to go on from. */
  static async hasRun(folder: string): Promise<boolean> {
    return exists(join(folder, 'last.checkpoint'));
  }

  /** Removes both checkpoints. */
  async clear(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** Saves the state to go on from. @throws {WriteFailedError} leaving the one before. */
  async writeLast(progress: RunProgress, vectors: Vectors): Promise<void> {
    const header: LastHeader = { settings: this.#run.settings, codes: this.#codes, ...progress };
    await writeCheckpoint(join(this.#folder, 'last.checkpoint'), { header, vectors });
  }

  /** Saves the best weights so far. @throws {WriteFailedError} leaving the ones before. */
  async writeBest(vectors: Vectors): Promise<void> {
    await writeCheckpoint(join(this.#folder, 'best.checkpoint'), { header: {}, vectors });
  }

  /**
   * Reads the state to go on from; undefined where there is none.
   *
   * @throws {CorruptCheckpointError} when it is damaged.
   * @throws {ChangedSettingsError} when it belongs to a run with other settings.
   * @throws {ChangedCodeError} when it belongs to a run of other code, and that is not accepted.
   */
  async readLast(): Promise<Checkpoint<RunProgress> | undefined> {
    if (!(await CheckpointStore.hasRun(this.#folder))) return undefined;
    const last = await readCheckpoint<LastHeader>(join(this.#folder, 'last.checkpoint'));
    const { settings, code, acceptsNewCode } = this.#run;
    const { codes = ['unknown'] } = last.header;
    const changes = settingsChanges(last.header.settings, settings);
    if (changes.length > 0) throw new ChangedSettingsError(this.#folder, changes);
    const isSameCode = codes.at(-1) === code;
    if (!isSameCode && acceptsNewCode !== true) throw new ChangedCodeError(this.#folder);
    this.#codes = isSameCode ? codes : [...codes, code];
    return last;
  }

  /** Reads the best weights. @throws {CorruptCheckpointError} when they are damaged. */
  async readBest(): Promise<Vectors> {
    return (await readCheckpoint(join(this.#folder, 'best.checkpoint'))).vectors;
  }
}
