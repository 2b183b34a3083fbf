import type { Terminal, TextStream } from './terminal.ts';

/** A stream that keeps what is written to it. */
export class KeptStream implements TextStream {
  text = '';
  isFull = false;
  readonly isTTY: boolean;
  readonly columns = 80;
  readonly #listeners = new Map<string, Set<() => void>>();

  constructor({ isTTY = false } = {}) {
    this.isTTY = isTTY;
  }

  write(text: string): boolean {
    this.text += text;
    return !this.isFull;
  }

  on(event: string, listener: () => void): void {
    this.#listeners.set(event, (this.#listeners.get(event) ?? new Set()).add(listener));
  }

  once(event: string, listener: () => void): void {
    this.on(event, listener);
  }

  removeListener(event: string, listener: () => void): void {
    this.#listeners.get(event)?.delete(listener);
  }

  emit(event: string): void {
    for (const listener of this.#listeners.get(event) ?? []) listener();
  }
}

/** A terminal whose streams can be looked into. */
export const keptTerminal = ({ isTTY = false, cwd = '/' } = {}): Terminal & {
  readonly stdout: KeptStream;
  readonly stderr: KeptStream;
} => ({
  cwd,
  allowsColour: true,
  stdout: new KeptStream({ isTTY }),
  stderr: new KeptStream({ isTTY }),
  stdin: (async function* () {})(),
});
