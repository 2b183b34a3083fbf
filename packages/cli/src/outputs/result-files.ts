import { randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { mkdir, open, rename, rm, writeFile, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { OverwritesInputError, UnwritableOutputError } from './output-error.ts';

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

/** What a file is whatever name, link or case it is reached by; nothing where there is none. */
const identityOf = (path: string): string | undefined => {
  try {
    const { dev, ino } = statSync(path, { bigint: true });
    return `${dev}:${ino}`;
  } catch {
    return undefined;
  }
};

/** A file that grows and is seen under its name only once it is whole. */
export interface GrowingFile {
  /** @throws {UnwritableOutputError} when the disk does not take it. */
  write(text: string): Promise<void>;
  /** Gives the file its name, in place of an older one. */
  finish(): Promise<void>;
  /** Deletes what was written. */
  discard(): Promise<void>;
}

/** Writes results into files, each whole or not at all, and none over a file that is read. */
export class ResultFiles {
  /** What the files are that are read. */
  readonly #inputs: ReadonlySet<string>;
  readonly #folders = new Map<string, Promise<unknown>>();

  /** @param inputs absolute paths of the files that are read. */
  constructor(inputs: Iterable<string>) {
    this.#inputs = new Set([...inputs].flatMap((path) => identityOf(path) ?? []));
  }

  /** Makes a folder, unless it is there. @throws {UnwritableOutputError} */
  async makeFolder(path: string): Promise<void> {
    const made = this.#folders.get(path) ?? mkdir(path, { recursive: true });
    this.#folders.set(path, made);
    await made.catch((error: unknown) => {
      this.#folders.delete(path);
      throw new UnwritableOutputError(path, asError(error));
    });
  }

  /**
   * Writes a whole file.
   *
   * @throws {OverwritesInputError} when it is one of those that are read.
   * @throws {UnwritableOutputError} when the disk does not take it; nothing is left of it then.
   */
  async write(path: string, content: Uint8Array | string): Promise<void> {
    const unfinished = await this.#begin(path);
    try {
      await writeFile(unfinished, content);
      await rename(unfinished, path);
    } catch (error) {
      await rm(unfinished, { force: true });
      throw new UnwritableOutputError(path, asError(error));
    }
  }

  /**
   * Begins a file that is written piece by piece.
   *
   * @throws as {@link write}.
   */
  async grow(path: string): Promise<GrowingFile> {
    const unfinished = await this.#begin(path);
    let file: FileHandle;
    try {
      file = await open(unfinished, 'w');
    } catch (error) {
      throw new UnwritableOutputError(path, asError(error));
    }
    const attempt = async (action: () => Promise<unknown>): Promise<void> => {
      try {
        await action();
      } catch (error) {
        throw new UnwritableOutputError(path, asError(error));
      }
    };
    return {
      write: (text) => attempt(() => file.appendFile(text)),
      finish: () =>
        attempt(async () => {
          await file.close();
          await rename(unfinished, path);
        }),
      discard: async () => {
        await file.close().catch(() => undefined);
        await rm(unfinished, { force: true });
      },
    };
  }

  async #begin(path: string): Promise<string> {
    const there = identityOf(path);
    if (there !== undefined && this.#inputs.has(there)) throw new OverwritesInputError(path);
    await this.makeFolder(dirname(path));
    return `${path}.${randomBytes(4).toString('hex')}.unfinished`;
  }
}
