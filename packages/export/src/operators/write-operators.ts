import { writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { describeOperators } from './describe-operators.ts';

/** The page, seen from this file. */
export const OPERATORS_PAGE = new URL('../../../../docs/operators.md', import.meta.url);

/** The page as it has to be, formatted like all other pages. */
export const formattedOperators = async (): Promise<string> => {
  const config = await resolveConfig(OPERATORS_PAGE);
  return format(describeOperators(), { ...config, parser: 'markdown' });
};

if (process.argv[1]?.endsWith('write-operators.ts') === true) {
  await writeFile(OPERATORS_PAGE, await formattedOperators());
  process.stdout.write('Wrote docs/operators.md\n');
}
