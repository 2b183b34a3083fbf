import { crc32c } from './crc32c.ts';

/** Rotates and offsets a checksum, so that a checksum over bytes that hold checksums stays useful (TFRecord's "mask"). */
const masked = (checksum: number): number => (((checksum >>> 15) | (checksum << 17)) + 0xa282ead8) >>> 0;

/**
 * Frames one record of a TFRecord file: length (uint64), its masked CRC-32C, the data, its masked CRC-32C; all
 * little-endian. The format is described at https://www.tensorflow.org/tutorials/load_data/tfrecord.
 */
export const tfRecord = (data: Uint8Array): Uint8Array => {
  const record = new Uint8Array(data.length + 16);
  const view = new DataView(record.buffer);
  view.setBigUint64(0, BigInt(data.length), true);
  view.setUint32(8, masked(crc32c(record.subarray(0, 8))), true);
  record.set(data, 12);
  view.setUint32(12 + data.length, masked(crc32c(data)), true);
  return record;
};
