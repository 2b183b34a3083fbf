/** Waves per axis that a descriptor holds; the mean is not one of them. */
const FREQUENCIES = 8;

/** Numbers in a descriptor: all waves but the mean, and a zero that makes it a multiple of eight. */
export const DESCRIPTOR_LENGTH = FREQUENCIES * FREQUENCIES;

/** Waves (across, down) from the longest to the shortest: the first ones hold most of a picture. */
const WAVES = Array.from({ length: FREQUENCIES * FREQUENCIES }, (_, index) => ({
  across: index % FREQUENCIES,
  down: Math.floor(index / FREQUENCIES),
}))
  .slice(1)
  .toSorted((a, b) => a.across + a.down - (b.across + b.down) || a.down - b.down);

/** 1, or -1 where a number of a descriptor changes its sign when the picture is mirrored, `[DESCRIPTOR_LENGTH]`. */
export const MIRROR_SIGNS = Float32Array.from({ length: DESCRIPTOR_LENGTH }, (_, index) =>
  (WAVES[index]?.across ?? 0) % 2 === 0 ? 1 : -1,
);

const cosines = (sizePx: number): Float64Array[] =>
  Array.from({ length: FREQUENCIES }, (_, wave) =>
    Float64Array.from(
      { length: sizePx },
      (_, at) => Math.cos((Math.PI * wave * (at + 0.5)) / sizePx) * (wave === 0 ? Math.SQRT1_2 : 1),
    ),
  );

const COSINES = new Map<number, Float64Array[]>();

const cosinesOf = (sizePx: number): Float64Array[] => {
  const known = COSINES.get(sizePx);
  if (known !== undefined) return known;
  const made = cosines(sizePx);
  COSINES.set(sizePx, made);
  return made;
};

/**
 * Describes a picture by its longest waves (a discrete cosine transform without the mean), as a vector of length 1:
 * the same for any brightness and contrast, nearly the same after another compression or a small shift. The squared
 * distance of two descriptors is `2 (1 - correlation)` of the blurred pictures.
 *
 * @param plane gray, square, not flat.
 * @returns `[DESCRIPTOR_LENGTH]`; all zero where the picture has no long waves at all.
 */
export const describePlane = (plane: Uint8Array): Float32Array => {
  const size = Math.round(Math.sqrt(plane.length));
  const basis = cosinesOf(size);
  const rows = new Float64Array(size * FREQUENCIES);
  for (let y = 0; y < size; y++)
    for (const [wave, cosine] of basis.entries()) {
      let sum = 0;
      for (let x = 0; x < size; x++) sum += (plane[y * size + x] as number) * (cosine[x] as number);
      rows[y * FREQUENCIES + wave] = sum;
    }
  const described = Float64Array.from(WAVES, ({ across, down }) => {
    const cosine = basis[down] as Float64Array;
    let sum = 0;
    for (let y = 0; y < size; y++) sum += (rows[y * FREQUENCIES + across] as number) * (cosine[y] as number);
    return sum;
  });
  const norm = Math.hypot(...described);
  return Float32Array.from({ length: DESCRIPTOR_LENGTH }, (_, index) =>
    norm === 0 ? 0 : (described[index] ?? 0) / norm,
  );
};
