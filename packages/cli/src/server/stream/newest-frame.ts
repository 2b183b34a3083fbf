/**
 * A place for one thing: what is put there takes the place of what nobody has taken yet. A camera that is faster than
 * the model so leaves no queue behind that would grow staler and staler.
 */
export class NewestFrame<Frame> {
  #frame: Frame | undefined;
  #wake: (() => void) | undefined;
  #closed = false;

  /** Leaves a frame. @returns true when an older one had to make room. */
  put(frame: Frame): boolean {
    const superseded = this.#frame !== undefined;
    this.#frame = frame;
    this.#wake?.();
    return superseded;
  }

  /** Takes the newest frame as soon as there is one; undefined once no more will come. */
  async take(): Promise<Frame | undefined> {
    while (this.#frame === undefined && !this.#closed) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const frame = this.#closed ? undefined : this.#frame;
    this.#frame = undefined;
    return frame;
  }

  /** Says that no more frames come; one that lies there is dropped. */
  close(): void {
    this.#closed = true;
    this.#frame = undefined;
    this.#wake?.();
  }
}
