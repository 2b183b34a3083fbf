/** Copies bytes into memory that threads share: posting them to any number of threads then costs nothing more. */
export const shareBytes = (bytes: Uint8Array): Uint8Array => {
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.byteLength));
  shared.set(bytes);
  return shared;
};
