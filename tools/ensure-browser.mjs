// Makes sure that there is a Chromium for the tests that need a real browser, and installs one where there is none.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { findChromium } from './src/browser/find-chromium.mjs';
import { hasApt, installWithApt, run } from './src/system/install.mjs';

/** @param {string} line */
const say = (line) => console.log(`browser: ${line}`);

const installWithPlaywright = () => {
  const cli = fileURLToPath(new URL('cli.js', import.meta.resolve('playwright-core/package.json')));
  return run(say, process.execPath, [cli, 'install', ...(hasApt ? ['--with-deps'] : []), 'chromium']);
};

const ensureBrowser = () => {
  const { MIEN_CHROMIUM: named } = process.env;
  if (named && !existsSync(named)) {
    console.error(`browser: MIEN_CHROMIUM names ${named}, which does not exist. Correct it, or unset it.`);
    return 1;
  }
  const found = findChromium();
  if (found !== undefined) {
    say(found);
    return 0;
  }
  say('found no Chromium or Chrome; installing one for the tests that need a real browser.');
  for (const install of [() => installWithApt(say, ['chromium']), installWithPlaywright]) {
    const installed = install() ? findChromium() : undefined;
    if (installed !== undefined) {
      say(`${installed} (installed now)`);
      return 0;
    }
  }
  console.error(
    'browser: could not install a Chromium. Install Chromium or Chrome by hand, or set MIEN_CHROMIUM to its executable.',
  );
  return 1;
};

process.exitCode = ensureBrowser();
