import { dirname, extname, join } from 'node:path/posix';

/** Hands out names for the files that are made of inputs, so that none takes another's place. */
export class OutputStems {
  readonly #taken = new Set<string>();

  /**
   * Names what is made of one input.
   *
   * @param path relative, below the folder that was asked for; its extension is left out.
   * @returns the path without its extension, with `-2`, `-3` and so on where that was handed out before. File systems
   *   that ignore case see different names, too.
   */
  take(path: string): string {
    const safe = join('/', path.replaceAll('\\', '/')).slice(1);
    const stem = safe.slice(0, safe.length - extname(safe).length);
    let name = stem;
    for (let count = 2; this.#taken.has(name.toLowerCase()); count++)
      name = join(dirname(stem), `${stem.slice(stem.lastIndexOf('/') + 1)}-${count}`);
    this.#taken.add(name.toLowerCase());
    return name;
  }
}
