import { access, rm } from 'node:fs/promises';
import { join } from 'node:path';
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

type LastHeader = RunProgress & { readonly settings: unknown };

const exists = async (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

/** The two checkpoints of a run in their folder: the latest state to go on from, and the best epoch's weights. */
export class CheckpointStore {
  readonly #folder: string;
  readonly #settings: unknown;

  /**
   * @param settings everything that shapes the run, plain JSON: it goes on only where they are the same.
   */
  constructor(folder: string, settings: unknown) {
    this.#folder = folder;
    this.#settings = settings;
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
    const header: LastHeader = { settings: this.#settings, ...progress };
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
   */
  async readLast(): Promise<Checkpoint<RunProgress> | undefined> {
    if (!(await CheckpointStore.hasRun(this.#folder))) return undefined;
    const last = await readCheckpoint<LastHeader>(join(this.#folder, 'last.checkpoint'));
    const changes = settingsChanges(last.header.settings, this.#settings);
    if (changes.length > 0) throw new ChangedSettingsError(this.#folder, changes);
    return last;
  }

  /** Reads the best weights. @throws {CorruptCheckpointError} when they are damaged. */
  async readBest(): Promise<Vectors> {
    return (await readCheckpoint(join(this.#folder, 'best.checkpoint'))).vectors;
  }
}
