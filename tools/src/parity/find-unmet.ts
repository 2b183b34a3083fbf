import type { ParityRow } from './compare.ts';

/**
 * Finds the runtimes that keep a parity run from being a success: those that differ or have failed, and required ones
 * that are missing on this machine or were not run at all. Where no runtime has agreed, nothing was proven, and all
 * that were run count.
 */
export const findUnmet = (rows: readonly ParityRow[], required: readonly string[]): string[] => {
  const agreed = rows.filter(({ verdict }) => verdict === 'agrees').map(({ runtime }) => runtime);
  const wrong = rows.filter(({ verdict }) => agreed.length === 0 || !/^(?:agrees|missing)$/u.test(verdict));
  const names = [...wrong.map(({ runtime }) => runtime), ...required.filter((id) => !agreed.includes(id))];
  return [...new Set(names)];
};
