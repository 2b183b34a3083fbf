import { readFile } from 'node:fs/promises';
import { CARD_PAGE, renderCardPage } from './card-page.ts';

test('the page beside the model is the one that `npx nx run models:card` writes', async () => {
  expect(await readFile(CARD_PAGE, 'utf8')).toBe(await renderCardPage());
});
