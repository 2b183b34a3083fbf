// Makes sure that there is an ffmpeg for the tests that unpack videos, and installs one where there is none.
import { spawnSync } from 'node:child_process';
import { installWithApt } from './src/system/install.mjs';

/** @param {string} line */
const say = (line) => console.log(`ffmpeg: ${line}`);

/** The first line that ffmpeg says of itself; undefined where there is none. */
const findFfmpeg = () =>
  spawnSync('ffmpeg', ['-version'], { encoding: 'utf8' })
    .stdout?.split('\n')[0]
    ?.replace(/ Copyright.*/u, '');

const ensureFfmpeg = () => {
  const found = findFfmpeg();
  if (found !== undefined) {
    say(found);
    return 0;
  }
  say('found none; installing one for the tests that unpack videos.');
  const installed = installWithApt(say, ['ffmpeg']) ? findFfmpeg() : undefined;
  if (installed !== undefined) {
    say(`${installed} (installed now)`);
    return 0;
  }
  console.error('ffmpeg: could not install it. Install ffmpeg by hand, so that it is found on the PATH.');
  return 1;
};

process.exitCode = ensureFfmpeg();
