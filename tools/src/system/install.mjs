import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Whether programs can be installed with apt-get without asking anyone. */
export const hasApt = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

/**
 * Runs a command in the open, and says so first.
 *
 * @param {(line: string) => void} say
 * @param {string} command
 * @param {readonly string[]} args
 * @returns {boolean} true when it went well.
 */
export const run = (say, command, args) => {
  say(`running ${command} ${args.join(' ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync(command, args, { stdio: 'inherit', env }).status === 0;
};

/**
 * Installs Debian packages where that is possible.
 *
 * @param {(line: string) => void} say
 * @param {readonly string[]} packages
 * @returns {boolean} true when it went well.
 */
export const installWithApt = (say, packages) =>
  hasApt &&
  run(say, 'apt-get', ['update', '-q']) &&
  run(say, 'apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages]);
