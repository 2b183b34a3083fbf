import { InvalidModelCardError } from '@mien/contract';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { WeightPathError } from '../files/safe-join.ts';
import { smallCard, withFolder, writeModelFolder } from './model-folder.test-support.ts';
import {
  InvalidJsonFileError,
  MissingCardError,
  NoModelError,
  readModelFolder,
} from './read-model-folder.ts';

const setWeightPath = async (folder: string, path: string): Promise<void> => {
  const file = join(folder, 'model.json');
  const json = await readFile(file, 'utf8');
  await writeFile(file, json.replace('"paths":["weights.bin"]', `"paths":[${JSON.stringify(path)}]`));
};

describe('readModelFolder', () => {
  test('reads model, weights and card', () =>
    withFolder(async (folder) => {
      await writeModelFolder(folder);
      const { files, card } = await readModelFolder(folder);
      const onDisk = await readFile(join(folder, 'weights.bin'));
      expect(Buffer.compare(onDisk, files.weights['weights.bin'] as Uint8Array)).toBe(0);
      expect(card).toEqual(smallCard());
    }));

  test('says to train first where there is no model', () =>
    withFolder(async (folder) => {
      await expect(readModelFolder(join(folder, 'nothing'))).rejects.toThrow(NoModelError);
      await expect(readModelFolder(folder)).rejects.toThrow(/nx run training:fit/u);
    }));

  test.each(['model.json', 'card.json'])('names %s where it is not JSON', (name) =>
    withFolder(async (folder) => {
      await writeModelFolder(folder);
      await writeFile(join(folder, name), '{ "cut": "of');
      await expect(readModelFolder(folder)).rejects.toThrow(InvalidJsonFileError);
      await expect(readModelFolder(folder)).rejects.toMatchObject({ path: join(folder, name) });
    }),
  );

  test('says what is missing where there is no card', () =>
    withFolder(async (folder) => {
      await writeModelFolder(folder);
      await rm(join(folder, 'card.json'));
      await expect(readModelFolder(folder)).rejects.toThrow(MissingCardError);
    }));

  test('refuses a card that does not follow its schema', () =>
    withFolder(async (folder) => {
      await writeModelFolder(folder, { card: { ...smallCard(), labels: ['one'] } });
      await expect(readModelFolder(folder)).rejects.toThrow(InvalidModelCardError);
    }));

  test.each(['../weights.bin', '/etc/passwd', 'a/../../weights.bin', ''])(
    'refuses the weight path %j',
    (path) =>
      withFolder(async (folder) => {
        await writeModelFolder(folder);
        await setWeightPath(folder, path);
        await expect(readModelFolder(folder)).rejects.toThrow(WeightPathError);
      }),
  );

  test('leaves out a weight file that is not there, for the converter to name', () =>
    withFolder(async (folder) => {
      await writeModelFolder(folder);
      await rm(join(folder, 'weights.bin'));
      expect((await readModelFolder(folder)).files.weights).toEqual({});
    }));
});
