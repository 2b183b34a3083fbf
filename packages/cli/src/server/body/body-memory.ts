import { BodyMemoryFullError, BodyTooLargeError } from '../problem/request-errors.ts';

/** The memory that the bodies of all requests share. Counted are bytes that have arrived, not those announced. */
export class BodyMemory {
  #bytes = 0;

  constructor(private readonly limitBytes: number) {}

  /** Bytes that are in memory now. */
  get bytes(): number {
    return this.#bytes;
  }

  /** @throws {BodyMemoryFullError} when there is not so much left. */
  take(bytes: number): void {
    if (this.#bytes + bytes > this.limitBytes) throw new BodyMemoryFullError(this.limitBytes);
    this.#bytes += bytes;
  }

  /** Gives back what a request has taken. */
  release(bytes: number): void {
    this.#bytes -= bytes;
  }
}

/** What one request has in memory, up to its own limit. */
export class BodyAllowance {
  #bytes = 0;

  constructor(
    private readonly memory: BodyMemory,
    private readonly limitBytes: number,
  ) {}

  /**
   * @throws {BodyTooLargeError} when the request becomes larger than one may be.
   * @throws {BodyMemoryFullError} when all requests together do.
   */
  take(bytes: number): void {
    this.requireWithin(this.#bytes + bytes);
    this.memory.take(bytes);
    this.#bytes += bytes;
  }

  /** @throws {BodyTooLargeError} when a body of so many bytes is larger than one may be. */
  requireWithin(bytes: number): void {
    if (bytes > this.limitBytes)
      throw new BodyTooLargeError('The body is too large', `${this.limitBytes} bytes`);
  }

  /** Gives all of it back; to be called once the answer is out. */
  releaseAll(): void {
    this.memory.release(this.#bytes);
    this.#bytes = 0;
  }
}
