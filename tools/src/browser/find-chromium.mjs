import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

// Plain JavaScript, so that `tools/ensure-browser.mjs` can run it with nothing but Node.

/**
 * The names of Chromium-based browsers on `PATH`, the most likely to be unmodified first.
 */
const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];

/** @type {Readonly<Record<string, (environment: NodeJS.ProcessEnv) => readonly string[]>>} */
const USUAL_PLACES = {
  linux: () => [...COMMANDS.map((command) => `/usr/bin/${command}`), '/snap/bin/chromium'],
  darwin: () =>
    ['Chromium', 'Google Chrome', 'Microsoft Edge'].flatMap((name) =>
      ['/', homedir()].map((root) => join(root, 'Applications', `${name}.app/Contents/MacOS/${name}`)),
    ),
  win32: ({ PROGRAMFILES, LOCALAPPDATA, ...rest }) =>
    [PROGRAMFILES, rest['PROGRAMFILES(X86)'], LOCALAPPDATA].flatMap((root) =>
      root === undefined
        ? []
        : [
            'Google/Chrome/Application/chrome.exe',
            'Chromium/Application/chrome.exe',
            'Microsoft/Edge/Application/msedge.exe',
          ].map((path) => join(root, path)),
    ),
};

/** Where Playwright's installer puts a browser inside a `chromium-<revision>` folder; it differs by system and version. */
const PLAYWRIGHT_EXECUTABLES = [
  'chrome-linux/chrome',
  'chrome-linux64/chrome',
  'chrome-mac/Chromium.app/Contents/MacOS/Chromium',
  'chrome-mac-arm64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
  'chrome-mac-x64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
  'chrome-win/chrome.exe',
  'chrome-win64/chrome.exe',
];

/** @param {NodeJS.ProcessEnv} environment */
const playwrightCache = ({ PLAYWRIGHT_BROWSERS_PATH, LOCALAPPDATA, XDG_CACHE_HOME }) => {
  if (PLAYWRIGHT_BROWSERS_PATH) return PLAYWRIGHT_BROWSERS_PATH;
  if (process.platform === 'win32') return join(LOCALAPPDATA ?? homedir(), 'ms-playwright');
  if (process.platform === 'darwin') return join(homedir(), 'Library/Caches/ms-playwright');
  return join(XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'ms-playwright');
};

/**
 * The browsers that Playwright has installed, newest first.
 *
 * @param {NodeJS.ProcessEnv} environment
 */
const installedByPlaywright = (environment) => {
  const cache = playwrightCache(environment);
  if (!existsSync(cache)) return [];
  return readdirSync(cache)
    .filter((name) => /^chromium-\d+$/u.test(name))
    .sort((a, b) => Number(b.split('-')[1]) - Number(a.split('-')[1]))
    .flatMap((name) => PLAYWRIGHT_EXECUTABLES.map((executable) => join(cache, name, executable)));
};

/** @param {NodeJS.ProcessEnv} environment */
const onPath = ({ PATH = '' }) =>
  PATH.split(delimiter)
    .filter(Boolean)
    .flatMap((folder) => COMMANDS.map((command) => join(folder, command)));

/**
 * Finds a Chromium to drive: `$MIEN_CHROMIUM` where it is set, else the usual places of the system, `PATH`, and what
 * Playwright has installed.
 *
 * @param {NodeJS.ProcessEnv} [environment]
 * @returns {string | undefined} the path of its executable; `undefined` where there is none, and also where
 *   `$MIEN_CHROMIUM` names a file that does not exist, rather than quietly another browser.
 */
export const findChromium = (environment = process.env) => {
  const { MIEN_CHROMIUM: named } = environment;
  if (named) return existsSync(named) ? named : undefined;
  const usual = USUAL_PLACES[process.platform] ?? (() => []);
  return [...usual(environment), ...onPath(environment), ...installedByPlaywright(environment)].find((path) =>
    existsSync(path),
  );
};
