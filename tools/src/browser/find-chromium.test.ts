import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium } from './find-chromium.mjs';
import { ChromiumNotFoundError, launchChromium } from './launch-chromium.ts';

describe('finding a Chromium', () => {
  let folder: string;
  let executable: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mien-chromium-'));
    executable = join(folder, 'my-chromium');
    await writeFile(executable, '');
    await chmod(executable, 0o755);
  });
  afterAll(() => rm(folder, { recursive: true }));

  test('takes the one that MIEN_CHROMIUM names', () => {
    expect(findChromium({ MIEN_CHROMIUM: executable })).toBe(executable);
  });

  test('takes no other one where MIEN_CHROMIUM names a file that does not exist', () => {
    expect(findChromium({ ...process.env, MIEN_CHROMIUM: join(folder, 'none') })).toBeUndefined();
  });

  test('finds those that Playwright installed, the newest first; before them those on PATH', async () => {
    for (const build of ['chromium-999', 'chromium-1000', 'chromium_headless_shell-2000']) {
      await mkdir(join(folder, build, 'chrome-linux'), { recursive: true });
      await writeFile(join(folder, build, 'chrome-linux', 'chrome'), '');
    }
    const environment = { PATH: folder, PLAYWRIGHT_BROWSERS_PATH: folder };
    expect(findChromium(environment, [])).toBe(join(folder, 'chromium-1000', 'chrome-linux', 'chrome'));
    await writeFile(join(folder, 'chromium'), '');
    expect(findChromium(environment, [])).toBe(join(folder, 'chromium'));
    expect(findChromium(environment, [join(folder, 'none'), executable])).toBe(executable);
  });

  test('finds none where there is none', () => {
    expect(findChromium({ PLAYWRIGHT_BROWSERS_PATH: join(folder, 'none') }, [])).toBeUndefined();
  });

  test('launching without one says how to get one', async () => {
    const { MIEN_CHROMIUM: before } = process.env;
    process.env['MIEN_CHROMIUM'] = join(folder, 'none');
    try {
      await expect(launchChromium()).rejects.toThrow(ChromiumNotFoundError);
    } finally {
      if (before === undefined) delete process.env['MIEN_CHROMIUM'];
      else process.env['MIEN_CHROMIUM'] = before;
    }
  });
});
