/** The opcodes of RFC 6455 that are used here. */
export const OPCODE = { text: 1, binary: 2, close: 8 } as const;

/** One frame as a server sends it. */
export interface ServerFrame {
  readonly opcode: number;
  readonly payload: Buffer;
}

const SIZE_16 = 126;
const SIZE_64 = 127;

/** One frame as a client has to send it, masked with zeros, which leave the payload as it is. */
export const clientFrame = (opcode: number, payload: Uint8Array): Buffer => {
  const header = Buffer.alloc(14);
  header.writeUInt8(0x80 | opcode, 0);
  header.writeUInt8(0x80 | SIZE_64, 1);
  header.writeBigUInt64BE(BigInt(payload.byteLength), 2);
  return Buffer.concat([header, payload]);
};

const payloadAt = (bytes: Buffer): { readonly start: number; readonly length: number } | undefined => {
  const size = bytes.readUInt8(1);
  if (size < SIZE_16) return { start: 2, length: size };
  if (size === SIZE_16) return bytes.byteLength < 4 ? undefined : { start: 4, length: bytes.readUInt16BE(2) };
  return bytes.byteLength < 10 ? undefined : { start: 10, length: Number(bytes.readBigUInt64BE(2)) };
};

/** Takes the first frame off bytes that a server has sent; undefined while it is not all there. */
export const takeServerFrame = (
  bytes: Buffer,
): { readonly frame: ServerFrame; readonly rest: Buffer } | undefined => {
  const at = bytes.byteLength < 2 ? undefined : payloadAt(bytes);
  if (at === undefined || bytes.byteLength < at.start + at.length) return undefined;
  const end = at.start + at.length;
  const frame = { opcode: bytes.readUInt8(0) & 0x0f, payload: bytes.subarray(at.start, end) };
  return { frame, rest: bytes.subarray(end) };
};
