import { Command, InvalidArgumentError } from 'commander';
import { readPhotoTruth } from '../faces/photo-truth.ts';
import { LIBRARIES } from './libraries.ts';
import { renderComparison, type ComparisonRow } from './render-comparison.ts';
import { runLibrary } from './run-library.ts';
import { parseCount } from '../parse-count.ts';

const IDS = LIBRARIES.map(({ id }) => id);

const parseIds = (value: string): string[] => {
  const ids = value.split(',').map((id) => id.trim());
  const unknown = ids.find((id) => !IDS.includes(id));
  if (unknown !== undefined)
    throw new InvalidArgumentError(`There is no library "${unknown}". Choose from ${IDS.join(', ')}.`);
  return ids;
};

const { only, repeats } = new Command('tools:compare')
  .description(
    'Finds faces and reads expressions in six photographs with Mien and with other libraries, each in its own process.',
  )
  .option('--only <ids>', `these alone, of ${IDS.join(', ')}`, parseIds, IDS)
  .option('--repeats <count>', 'how often each photograph is timed', parseCount, 7)
  .addHelpText(
    'after',
    '\nTimes are medians from the encoded photograph to readings, decoding included; CPU ms is processor time of all ' +
      'threads. "First result" runs from loading the library to the faces of the first photograph. Native TensorFlow ' +
      'has to be installed: npx nx run training:install-native.',
  )
  .parse()
  .opts<{ only: readonly string[]; repeats: number }>();

const rows: ComparisonRow[] = [];
for (const { id, name } of LIBRARIES) {
  if (!only.includes(id)) continue;
  process.stderr.write(`${name} …\n`);
  rows.push({ name, result: await runLibrary({ id, repeats }) });
}
console.log(renderComparison(rows, await readPhotoTruth()));
