import { copyFileSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { installPacked, type Consumer } from './packed-workspace.test-support.ts';

const PHOTO = fileURLToPath(import.meta.resolve('@vladmandic/face-api/demo/sample1.jpg'));

describe('the packed package cli', () => {
  let consumer: Consumer;
  let bin: string;
  let folder: string;

  beforeAll(() => {
    consumer = installPacked(['contract', 'pixels', 'pipeline', 'models', 'infer-node', 'cli']);
    folder = join(consumer.folder, 'node_modules/@mien/cli');
    bin = join(consumer.folder, 'node_modules/.bin/mien');
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
      bin: { mien: string };
    };
    // As npm does on installing: a link beside the others, to a file that may be run.
    mkdirSync(join(consumer.folder, 'node_modules/.bin'), { recursive: true });
    symlinkSync(join(folder, manifest.bin.mien), bin);
    consumer.run('chmod', '+x', join(folder, manifest.bin.mien));
  });
  afterAll(() => consumer.remove());

  test('has nothing that publint would change', async () => {
    const { messages } = await publint({ pkgDir: folder, strict: true, pack: false });
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<
      string,
      unknown
    >;
    expect(messages.map((message) => formatMessage(message, manifest))).toEqual([]);
  });

  test('brings a command that reads, draws and writes a page', () => {
    copyFileSync(PHOTO, join(consumer.folder, 'photo.jpg'));
    const printed = consumer.run(bin, 'photo.jpg', '--csv', '--annotate', 'marked', '--html', 'page.html');
    expect(printed.trimEnd().split('\n')).toHaveLength(1 + 3);
    const page = readFileSync(join(consumer.folder, 'page.html'), 'utf8');
    expect(page).toContain('data-kind="picture"');
    expect(readFileSync(join(consumer.folder, 'marked/photo.jpg')).length).toBeGreaterThan(100_000);
  });

  test('tells its version', () => {
    expect(consumer.run(bin, '--version')).toBe('0.1.0\n');
  });
});
