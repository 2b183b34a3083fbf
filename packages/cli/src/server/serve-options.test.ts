import { readdirSync, readFileSync } from 'node:fs';
import { serveOptions } from './serve-options.ts';

const PACKAGE = new URL('../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, PACKAGE), 'utf8');

const flags = serveOptions().map(({ long }) => long ?? '');
const variables = serveOptions().map(({ envVar }) => envVar ?? '');

test('every option of serve is in its documentation, and no other', () => {
  const [, section = ''] = /## Options\n(.*?)\n## /su.exec(read('SERVER.md')) ?? [];
  const rows = section.split('\n').filter((line) => line.startsWith('|'));
  const documented = [...rows.join('\n').matchAll(/`(--[a-z-]+)`/gu)].map(([, flag = '']) => flag);
  expect(documented.toSorted()).toEqual(flags.toSorted());
});

test('what is deployed sets no variable that the server does not read', () => {
  const manifests = readdirSync(new URL('deploy/kubernetes/', PACKAGE)).map(
    (file) => `deploy/kubernetes/${file}`,
  );
  const text = ['deploy/Dockerfile', 'deploy/compose.yaml', ...manifests].map(read).join('\n');
  const set = new Set(text.match(/MIEN_[A-Z_]+/gu));
  expect(set.size).toBeGreaterThan(4);
  for (const variable of set) expect(variables).toContain(variable);
});
