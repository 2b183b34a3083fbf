import { isAbsolute, relative } from 'node:path';

/** A path as a person would write it: relative where it lies below where they are, whole where it does not. */
export const nameFor = (path: string, cwd: string): string => {
  const fromHere = relative(cwd, path);
  return fromHere === '' || fromHere.startsWith('..') || isAbsolute(fromHere) ? path : fromHere;
};
