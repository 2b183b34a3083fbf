import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

// Plain JavaScript, so that `tools/ensure-browser.mjs` can run it with nothing but Node.

/**
 * The names of Chromium-based browsers on `PATH`, the most likely to be unmodified first.
 */
const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];

const WINDOWS_BROWSERS = [
  'Google/Chrome/Application/chrome.exe',
  'Chromium/Application/chrome.exe',
  'Microsoft/Edge/Application/msedge.exe',
];

/**
 * Where the system's own installers put a browser.
 *
 * @param {NodeJS.ProcessEnv} environment
 * @returns {string[]}
 */
const usualPlaces = ({ PROGRAMFILES, LOCALAPPDATA, ...environment }) => {
  if (process.platform === 'win32') {
    const roots = [PROGRAMFILES, environment['PROGRAMFILES(X86)'], LOCALAPPDATA];
    return roots.flatMap((root) => (root ? WINDOWS_BROWSERS.map((path) => join(root, path)) : []));
  }
  if (process.platform === 'darwin')
    return ['Chromium', 'Google Chrome', 'Microsoft Edge'].flatMap((name) =>
      ['/', homedir()].map((root) => join(root, 'Applications', `${name}.app/Contents/MacOS/${name}`)),
    );
  return [...COMMANDS.map((command) => `/usr/bin/${command}`), '/snap/bin/chromium'];
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
 * @param {readonly string[]} [places] the usual places.
 * @returns {string | undefined} the path of its executable; `undefined` where there is none, and also where
 *   `$MIEN_CHROMIUM` names a file that does not exist, rather than quietly another browser.
 */
export const findChromium = (environment = process.env, places = usualPlaces(environment)) => {
  const { MIEN_CHROMIUM: named } = environment;
  const candidates = named
    ? [named]
    : [...places, ...onPath(environment), ...installedByPlaywright(environment)];
  return candidates.find((path) => existsSync(path));
};
