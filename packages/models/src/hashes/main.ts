import { fileURLToPath } from 'node:url';
import { PACKAGE_FILES } from '../package-files.ts';
import { replaceFile } from '../replace-file.ts';
import { runCommand } from '../run-command.ts';
import { formatHashes, hashGraphs } from './graph-hashes.ts';

await runCommand(async () => {
  const text = formatHashes(await hashGraphs(PACKAGE_FILES.graphs));
  await replaceFile(PACKAGE_FILES.hashes, text);
  process.stdout.write(`${text}Wrote ${fileURLToPath(PACKAGE_FILES.hashes)}.\n`);
});
