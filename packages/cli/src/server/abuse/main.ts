import { describeError } from '@mien/contract';
import { Command } from 'commander';
import { readLoadImages } from '../load/load-images.ts';
import { startServed } from '../load/served-process.ts';
import { runAbuse, type AbuseResult } from './run-abuse.ts';

const MEBIBYTE = 2 ** 20;
const MAX_BODY_MIB = 4;
const SERVE_ARGS =
  `--workers 1 --device cpu --log-level error --upload-timeout 2 --max-body ${MAX_BODY_MIB}`.split(' ');

const command = new Command('abuse')
  .description('Sends a server of its own what no server should be sent, and tells how it took it.')
  .option('--attempts <count>', 'how often', '500')
  .option('--slow <count>', 'how many of them wait for the server to lose its patience', '30')
  .option('--at-once <count>', 'attempts at a time', '10')
  .option('--seed <number>', 'of what is random in them', '1');

/** How often each case ended how. */
const tally = (results: readonly AbuseResult[]): string => {
  const rows = new Map<string, Map<string, number>>();
  for (const { name, outcome } of results) {
    const row = rows.get(name) ?? new Map<string, number>();
    row.set(`${outcome}`, (row.get(`${outcome}`) ?? 0) + 1);
    rows.set(name, row);
  }
  const width = Math.max(...[...rows.keys()].map((name) => name.length));
  return [...rows]
    .map(
      ([name, ends]) =>
        `${name.padEnd(width)}  ${[...ends].map(([end, count]) => `${count} × ${end}`).join(', ')}`,
    )
    .join('\n');
};

/** What the server has let go of once all is over, and whether it still reads a face. */
const aftermath = async (
  server: Awaited<ReturnType<typeof startServed>>,
  image: Uint8Array,
): Promise<string[]> => {
  const faults: string[] = [];
  if (!server.isRunning()) return [`The server ended:\n${server.log()}`];
  const answer = await fetch(`${server.url}/v1/recognize`, {
    method: 'POST',
    headers: { 'content-type': 'image/jpeg' },
    body: image,
  });
  if (answer.status !== 200) faults.push(`A sound image is answered ${answer.status}.`);
  const metrics = await server.metrics();
  for (const name of ['mien_queue_depth', 'mien_pictures_running', 'mien_streams_open', 'mien_body_bytes'])
    if (metrics.get(name) !== 0) faults.push(`${name} is ${metrics.get(name)}, not 0.`);
  const defects = [...metrics].filter(([name]) => /^mien_http_requests_total.*status="500"/u.test(name));
  for (const [name, count] of defects) faults.push(`${name} is ${count}: a request became a defect.`);
  return faults;
};

const abuse = async (): Promise<boolean> => {
  const flags = command.opts<Record<'attempts' | 'slow' | 'atOnce' | 'seed', string>>();
  const [image] = (await readLoadImages([])) as [Buffer];
  await using server = await startServed(SERVE_ARGS);
  const { hostname: host, port } = new URL(server.url);
  const target = { url: server.url, host, port: Number(port), image, maxBodyBytes: MAX_BODY_MIB * MEBIBYTE };
  const results = await runAbuse(target, {
    attempts: Number(flags.attempts),
    slowAttempts: Number(flags.slow),
    atOnce: Number(flags.atOnce),
    seed: Number(flags.seed),
  });
  process.stdout.write(`${tally(results)}\n\n`);
  const wrong = results.filter(({ asExpected }) => !asExpected);
  for (const { name, outcome, expected } of wrong)
    process.stdout.write(`${name}: ended with ${outcome}, expected ${expected.join(' or ')}\n`);
  const faults = await aftermath(server, image);
  for (const fault of faults) process.stdout.write(`${fault}\n`);
  const as = `${results.length - wrong.length} of ${results.length} attempts ended as they should`;
  process.stdout.write(`${as}; the server ${faults.length === 0 ? 'is as it was' : 'is not as it was'}.\n`);
  return wrong.length === 0 && faults.length === 0;
};

try {
  command.parse();
  process.exitCode = (await abuse()) ? 0 : 1;
} catch (error) {
  process.stderr.write(`${describeError(error)}\n`);
  process.exitCode = 1;
}
