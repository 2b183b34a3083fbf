/** A module of the page: its name, as others import it, and its text. */
export interface PageModule {
  readonly name: string;
  readonly text: string;
}

const IMPORT = /^import \{[^}]*\} from '\.\/([\w-]+\.js)';\n/gmu;
const EXPORT = /^export (?=const |class |function )/gmu;

/**
 * Joins modules that import each other by `import { … } from './name.js'` into one, each after those that it imports. A
 * page that is a single file cannot load modules from beside it. Their top-level names must differ.
 *
 * @param entry the name of the module that starts the page; those that it does not reach are left out.
 * @throws {TypeError} when a module imports one that is not there.
 */
export const joinModules = (modules: readonly PageModule[], entry: string): string => {
  const texts = new Map(modules.map(({ name, text }) => [name, text]));
  const joined = new Set<string>();
  const parts: string[] = [];
  const join = (name: string): void => {
    if (joined.has(name)) return;
    joined.add(name);
    const text = texts.get(name);
    if (text === undefined) throw new TypeError(`The page has no module ${name}.`);
    for (const [, imported] of text.matchAll(IMPORT)) join(imported as string);
    parts.push(text.replaceAll(IMPORT, '').replaceAll(EXPORT, '').trim());
  };
  join(entry);
  return parts.join('\n');
};
