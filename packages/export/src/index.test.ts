import { readFile } from 'node:fs/promises';

/** All modules that one reaches through imports of files; types are gone by the time anything runs. */
const reachable = async (entry: URL): Promise<ReadonlyMap<string, string>> => {
  const sources = new Map<string, string>();
  const pending = [entry];
  while (pending.length > 0) {
    const url = pending.pop() as URL;
    if (sources.has(url.href)) continue;
    const source = await readFile(url, 'utf8');
    sources.set(url.href, source);
    for (const [, path] of source.matchAll(/^(?:import|export) (?!type )[^;]* from '(\.[^']+)'/gmu))
      pending.push(new URL(path as string, url));
  }
  return sources;
};

test('the converter reaches nothing of Node, nor a runtime: it runs in browsers', async () => {
  const sources = await reachable(new URL('./index.ts', import.meta.url));
  expect(sources.size).toBeGreaterThan(80);
  const foreign = [...sources].filter(
    ([, source]) => /from '(node:|onnxruntime)/u.test(source) || /\b(Buffer|process)\./u.test(source),
  );
  expect(foreign.map(([file]) => file)).toEqual([]);
});
