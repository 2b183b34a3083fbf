import type { Screen } from '../terminal/screen.ts';
import type { GrowingFile } from './result-files.ts';

/** Where an output's text goes: to standard output as it comes, or into a file that is seen once it is whole. */
export interface TextSink extends Pick<GrowingFile, 'write' | 'finish' | 'discard'> {}

/** Lets text be seen as it comes. */
export const screenSink = (screen: Screen): TextSink => ({
  write: (text) => screen.print(text),
  finish: async () => undefined,
  discard: async () => undefined,
});
