import { Command } from 'commander';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InvalidApiKeyError } from './http/api-keys.ts';
import { toServerOptions, type ServeFlags } from './serve-flags.ts';
import { serveOptions } from './serve-options.ts';
import { DEFAULT_LIMITS, DEFAULT_TIMES } from './server-options.ts';

const parse = (args: readonly string[], env: NodeJS.ProcessEnv = {}) => {
  const command = new Command('serve').exitOverride().configureOutput({ writeErr: () => undefined });
  for (const option of serveOptions()) command.addOption(option);
  command.parse(args, { from: 'user' });
  return toServerOptions(command.opts<ServeFlags>(), { cwd: '/models', env });
};

describe('the command line of serve', () => {
  test('takes paths from where it is run', () => {
    const { recognizer } = parse(['--model', 'mine', '--card', '/cards/mine.json']);
    expect(recognizer).toMatchObject({ model: '/models/mine', card: '/cards/mine.json' });
  });

  test('without any option listens on this machine alone, within the standard bounds', () => {
    expect(parse([])).toMatchObject({
      host: '127.0.0.1',
      port: 8080,
      recognizer: { device: 'auto' },
      limits: DEFAULT_LIMITS,
      times: DEFAULT_TIMES,
      apiKeys: [],
      corsOrigins: [],
      logLevel: 'info',
    });
  });

  test('takes sizes in MiB and times in seconds', () => {
    const { limits, times } = parse(
      '--max-body 3 --body-memory 9 --timeout 0.5 --upload-timeout 2 --drain-delay 4 --drain-timeout 6'.split(
        ' ',
      ),
    );
    expect(limits).toMatchObject({ bodyBytes: 3 * 2 ** 20, bodyMemoryBytes: 9 * 2 ** 20 });
    expect(times).toEqual({ answerMs: 500, uploadMs: 2000, drainDelayMs: 4000, drainMs: 6000 });
  });

  test('takes origins from one option or several', () => {
    const { corsOrigins } = parse(['--cors', 'https://a.example,http://b.example:8080', '--cors', '*']);
    expect(corsOrigins).toEqual(['https://a.example', 'http://b.example:8080', '*']);
  });

  test('takes keys from a file and from the environment, never from the command line', () => {
    const folder = mkdtempSync(join(tmpdir(), 'mien-serve-'));
    try {
      const file = join(folder, 'keys');
      writeFileSync(file, 'key-in-the-file-1\n');
      const { apiKeys } = parse(['--api-key-file', file], { MIEN_API_KEY: 'key-in-the-environment' });
      expect(apiKeys).toEqual(['key-in-the-file-1', 'key-in-the-environment']);
      expect(() => parse([], { MIEN_API_KEY: 'short' })).toThrow(InvalidApiKeyError);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('takes every option from the environment', () => {
    process.env['MIEN_QUEUE'] = '7';
    process.env['MIEN_CORS'] = 'https://a.example';
    try {
      const { limits, corsOrigins } = parse([]);
      expect(limits.queue).toBe(7);
      expect(corsOrigins).toEqual(['https://a.example']);
    } finally {
      delete process.env['MIEN_QUEUE'];
      delete process.env['MIEN_CORS'];
    }
  });

  test.each([
    ['--port', '70000'],
    ['--port', ''],
    ['--workers', '0'],
    ['--workers', '1.5'],
    ['--timeout', '0'],
    ['--timeout', 'soon'],
    ['--max-body', 'Infinity'],
    ['--cors', 'example.org'],
    ['--cors', 'https://example.org/path'],
    ['--device', 'abacus'],
    ['--log-level', 'loud'],
  ])('refuses %s %j', (flag, value) => {
    expect(() => parse([flag, value])).toThrow(`option '${flag}`);
  });
});
