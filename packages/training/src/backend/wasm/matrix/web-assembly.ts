/** Memory that threads share; `buffer` is another object after it has grown. */
export interface SharedMemory {
  readonly buffer: SharedArrayBuffer;
  grow(pages: number): number;
}

/** The part of the engine's WebAssembly interface that is used here: Node's typings leave it to the DOM's. */
interface Engine {
  readonly Memory: new (limits: { initial: number; maximum: number; shared: true }) => SharedMemory;
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: object };
  validate(bytes: Uint8Array<ArrayBuffer>): boolean;
}

/** Node's WebAssembly engine. */
export const engine = (globalThis as unknown as { WebAssembly: Engine }).WebAssembly;
