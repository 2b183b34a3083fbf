/** A stream of seeded random numbers: the same seed gives the same stream on every machine and runtime. */
export interface Random {
  /** Uniform in [0, 1), 32 bits of resolution. */
  next(): number;
  /** Uniform in [low, high). */
  uniform(low: number, high: number): number;
  /** Integer, uniform in [0, count). */
  integer(count: number): number;
  /** Normally distributed, mean 0 and standard deviation 1 (Box–Muller). */
  normal(): number;
  /** True with the given probability. */
  chance(probability: number): boolean;
}

/**
 * Mixes a list of integers into one 32-bit seed, so that every (seed, epoch, sample …) has a stream of its own and
 * nothing depends on the order or the number of workers that draw. Rounds as in the finaliser of MurmurHash3.
 */
export const mixSeed = (...parts: readonly number[]): number => {
  let hash = 0x9e3779b9;
  for (const part of parts) {
    hash = Math.imul(hash ^ (part >>> 0), 0x85ebca6b);
    hash ^= hash >>> 13;
    hash = Math.imul(hash, 0xc2b2ae35);
    hash ^= hash >>> 16;
    hash = (hash + 0x9e3779b9) | 0;
  }
  return hash >>> 0;
};

/** Starts the random stream that belongs to the given integers (see {@link mixSeed}). The generator is Mulberry32. */
export const createRandom = (...seedParts: readonly number[]): Random => {
  let state = mixSeed(...seedParts);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  return {
    next,
    uniform: (low, high) => low + (high - low) * next(),
    integer: (count) => Math.floor(next() * count),
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    chance: (probability) => next() < probability,
  };
};

/** Shuffles a copy of `items` (Fisher–Yates). */
export const shuffled = <T>(items: readonly T[], random: Random): T[] => {
  const result = [...items];
  for (let last = result.length - 1; last > 0; last--) {
    const other = random.integer(last + 1);
    [result[last], result[other]] = [result[other] as T, result[last] as T];
  }
  return result;
};
