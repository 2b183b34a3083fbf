/** One measurement, or why there is none. */
export type Measurement =
  | { readonly imagesPerSecond: number; readonly reason?: undefined }
  | { readonly imagesPerSecond?: undefined; readonly reason: string };

/** Something whose speed is compared. */
export interface Contender {
  readonly name: string;
  readonly measure: () => Promise<Measurement>;
}

/** What was measured of one contender. */
export interface ContenderSpeeds {
  readonly name: string;
  /** Images per second, round by round; empty where it cannot be measured. */
  readonly rounds: readonly number[];
  /** Why it cannot. */
  readonly reason?: string;
}

/**
 * Measures contenders in turns, every second round backwards: what else the machine does, and how warm it gets, falls on
 * all alike. One that cannot be measured is not tried again.
 *
 * @param params.rounds 1 or more.
 */
export const compareSpeeds = async (params: {
  readonly contenders: readonly Contender[];
  readonly rounds: number;
  readonly onMeasure?: (name: string, round: number) => void;
}): Promise<ContenderSpeeds[]> => {
  const { contenders, rounds, onMeasure } = params;
  const speeds = new Map(contenders.map(({ name }) => [name, [] as number[]]));
  const reasons = new Map<string, string>();
  for (let round = 1; round <= rounds; round++) {
    const inTurn = round % 2 === 1 ? contenders : contenders.toReversed();
    for (const { name, measure } of inTurn) {
      if (reasons.has(name)) continue;
      onMeasure?.(name, round);
      const { imagesPerSecond, reason } = await measure();
      if (reason === undefined) speeds.get(name)?.push(imagesPerSecond);
      else reasons.set(name, reason);
    }
  }
  return contenders.map(({ name }) => {
    const reason = reasons.get(name);
    if (reason !== undefined) return { name, rounds: [], reason };
    return { name, rounds: speeds.get(name) ?? [] };
  });
};
