/** WebAssembly bytes, nested as is convenient. */
export type Code = readonly (number | Code)[];

const flat = (code: Code): number[] => code.flat(Infinity as 1) as number[];

/** An integer in LEB128, as WebAssembly stores them; negative ones signed. */
export const leb128 = (value: number, isSigned = false): number[] => {
  const bytes: number[] = [];
  let rest = value;
  for (;;) {
    const byte = rest & 0x7f;
    rest >>= 7;
    const isLast = isSigned ? (rest === 0 && byte < 0x40) || (rest === -1 && byte >= 0x40) : rest === 0;
    bytes.push(isLast ? byte : byte | 0x80);
    if (isLast) return bytes;
  }
};

const vector = (items: readonly Code[]): Code => [leb128(items.length), items];

const sized = (code: Code): Code => {
  const bytes = flat(code);
  return [leb128(bytes.length), bytes];
};

const text = (value: string): Code => vector([...new TextEncoder().encode(value)].map((byte) => [byte]));

/** A type of value. */
export const I32 = 0x7f;
export const V128 = 0x7b;

/** The instructions that the kernels here are made of; offsets are in bytes. */
export const op = {
  get: (local: number): Code => [0x20, leb128(local)],
  set: (local: number): Code => [0x21, leb128(local)],
  i32: (value: number): Code => [0x41, leb128(value, true)],
  add: [0x6a],
  sub: [0x6b],
  and: [0x71],
  shiftLeft: [0x74],
  isZero: [0x45],
  /** Runs `body`; `leaveIf` in it ends it. */
  block: (body: Code): Code => [0x02, 0x40, body, 0x0b],
  /** Runs `body`; `repeatIf` at its end runs it again. */
  loop: (body: Code): Code => [0x03, 0x40, body, 0x0b],
  if: (then: Code, otherwise: Code): Code => [0x04, 0x40, then, 0x05, otherwise, 0x0b],
  /** Branches out of (`block`) or back to the start of (`loop`) the construct so many levels up, if not zero. */
  branchIf: (level: number): Code => [0x0d, leb128(level)],
  load: (offset: number): Code => [0xfd, 0x00, 2, leb128(offset)],
  loadSplat: (offset: number): Code => [0xfd, 0x09, 2, leb128(offset)],
  store: (offset: number): Code => [0xfd, 0x0b, 2, leb128(offset)],
  zero: [0xfd, 0x0c, Array.from({ length: 16 }, () => 0)],
  f32x4Add: [0xfd, leb128(0xe4)],
  f32x4Mul: [0xfd, leb128(0xe6)],
  /** a · b + c, rounded once where the processor can. Relaxed SIMD. */
  f32x4RelaxedMadd: [0xfd, leb128(0x105)],
} as const;

/** A function to put into a module: `parameters` i32 values, and locals of the given types after them. */
export interface WasmFunction {
  readonly name: string;
  readonly parameters: number;
  readonly locals: readonly number[];
  readonly body: Code;
}

/** A module that works on the shared memory `env.memory` and exports its functions under their names. */
export const assembleModule = (
  functions: readonly WasmFunction[],
  maximumPages: number,
): Uint8Array<ArrayBuffer> => {
  const section = (id: number, content: Code): Code => [id, sized(content)];
  const types = functions.map(({ parameters }): Code => [
    0x60,
    vector(Array.from({ length: parameters }, () => [I32])),
    0,
  ]);
  const SHARED_WITH_MAXIMUM = 3;
  const memory: Code = [text('env'), text('memory'), 2, SHARED_WITH_MAXIMUM, leb128(1), leb128(maximumPages)];
  const bodies = functions.map(({ locals, body }) =>
    sized([vector(locals.map((type) => [1, type])), body, 0x0b]),
  );
  return Uint8Array.from(
    flat([
      [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
      section(1, vector(types)),
      section(2, vector([memory])),
      section(3, vector(functions.map((_, index) => leb128(index)))),
      section(7, vector(functions.map(({ name }, index) => [text(name), 0, leb128(index)]))),
      section(10, vector(bodies)),
    ]),
  );
};
