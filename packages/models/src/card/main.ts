import { fileURLToPath } from 'node:url';
import { replaceFile } from '../replace-file.ts';
import { runCommand } from '../run-command.ts';
import { CARD_PAGE, renderCardPage } from './card-page.ts';

await runCommand(async () => {
  const page = await renderCardPage();
  await replaceFile(CARD_PAGE, page);
  process.stdout.write(`${page}\nWrote ${fileURLToPath(CARD_PAGE)}.\n`);
});
