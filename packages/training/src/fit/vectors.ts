/** Named arrays of float32 numbers: training state off the device. */
export type Vectors = ReadonlyMap<string, Float32Array>;

/** Tells whether every number is finite. */
export const areFinite = (vectors: Vectors): boolean => {
  for (const vector of vectors.values()) {
    for (const value of vector) if (!Number.isFinite(value)) return false;
  }
  return true;
};
