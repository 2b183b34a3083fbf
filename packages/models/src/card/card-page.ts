import { parseTrainedModelCard } from '@mien/contract';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseHashes } from '../hashes/graph-hashes.ts';
import { PACKAGE_FILES } from '../package-files.ts';
import { renderCard } from './render-card.ts';

/** Where the page lies: beside the model, where people look for it. */
export const CARD_PAGE = new URL('README.md', PACKAGE_FILES.source);

/**
 * Renders the page of the shipped model of expressions from its card and the recorded hashes of its graphs.
 *
 * @throws {InvalidModelCardError} when the card does not follow its schema.
 */
export const renderCardPage = async (): Promise<string> => {
  const cardFile = new URL('card.json', PACKAGE_FILES.source);
  const card = parseTrainedModelCard(JSON.parse(await readFile(cardFile, 'utf8')), fileURLToPath(cardFile));
  const hashes = parseHashes(await readFile(PACKAGE_FILES.hashes, 'utf8'));
  return renderCard(
    card,
    hashes.filter(({ file }) => file.startsWith('expression.')),
  );
};
