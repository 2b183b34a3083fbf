import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { launchChromium } from '../browser/launch-chromium.ts';
import { formatTable } from '../format-table.ts';
import { weighPage, type WeighedFile } from './weigh-page.ts';

const PHOTO = fileURLToPath(import.meta.resolve('@vladmandic/face-api/demo/sample1.jpg'));

const inKilobytes = (bytes: number): string => (bytes / 1000).toFixed(1);

const row = ({ name, kind, bytes, gzipBytes }: WeighedFile): string[] => [
  name,
  kind,
  inKilobytes(bytes),
  inKilobytes(gzipBytes),
];

const browser = await launchChromium();
const { files } = await weighPage(browser, await readFile(PHOTO));
await browser.close();
const scripts = files.filter(({ kind }) => kind === 'script');
const total = scripts.reduce((sum, { gzipBytes }) => sum + gzipBytes, 0);
const rows = files.toSorted((one, other) => other.bytes - one.bytes).map(row);
const table = formatTable(['file', 'kind', 'kB', 'kB gzip'], rows, new Set([2, 3]));
process.stdout.write(`${table.join('\n')}\n\nAll scripts: ${inKilobytes(total)} kB with gzip\n`);
