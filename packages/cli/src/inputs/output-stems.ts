import { dirname, extname, join } from 'node:path/posix';

/** Names are one where case is ignored, or where folders become part of a file's name. */
const keyOf = (name: string): string => name.toLowerCase().replaceAll('/', '_');

/** Hands out names for the files that are made of inputs, so that none takes another's place. */
export class OutputStems {
  readonly #taken = new Set<string>();

  /**
   * Names what is made of one input.
   *
   * @param path relative, below the folder that was asked for; its extension is left out.
   * @returns the path without its extension, with `-2`, `-3` and so on where that was handed out before. The names differ
   *   for file systems that ignore case, too, and with `_` in place of each `/`.
   */
  take(path: string): string {
    const safe = join('/', path.replaceAll('\\', '/')).slice(1);
    const stem = safe.slice(0, safe.length - extname(safe).length);
    let name = stem;
    for (let count = 2; this.#taken.has(keyOf(name)); count++)
      name = join(dirname(stem), `${stem.slice(stem.lastIndexOf('/') + 1)}-${count}`);
    this.#taken.add(keyOf(name));
    return name;
  }
}
