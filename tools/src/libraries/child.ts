import { measureLibrary } from './measure-library.ts';

/** The program of a library's process: `child.ts <id> <repeats>`; answers with a {@link LibraryResult}. */
const [, , id = '', repeats = '1'] = process.argv;
const result = await measureLibrary(id, Number(repeats));
process.send?.(result, () => process.exit());
