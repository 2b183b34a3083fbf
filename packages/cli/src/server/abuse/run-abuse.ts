import { createRandom } from '@mien/contract';
import type { AbuseCase, AbuseOutcome, AbuseTarget } from './abuse-case.ts';
import { connectionCases } from './connection-cases.ts';
import { formCases } from './form-cases.ts';
import { imageCases } from './image-cases.ts';
import { jsonCases } from './json-cases.ts';
import { streamCases } from './stream-cases.ts';

/** Every way to abuse a server that is tried. */
export const abuseCases: readonly AbuseCase[] = [
  ...imageCases,
  ...formCases,
  ...jsonCases,
  ...streamCases,
  ...connectionCases,
];

/** One attempt and how it ended. */
export interface AbuseResult {
  readonly name: string;
  readonly expected: readonly AbuseOutcome[];
  readonly outcome: AbuseOutcome;
  readonly asExpected: boolean;
}

const attemptOne = async (
  { name, expected, attempt }: AbuseCase,
  target: AbuseTarget,
  seed: number,
): Promise<AbuseResult> => {
  const outcome = await attempt(target, createRandom(seed));
  return { name, expected, outcome, asExpected: expected.includes(outcome) };
};

/**
 * Abuses a server: every case in turn until there were so many attempts, several at once.
 *
 * @param slowAttempts how many of them may be cases that wait for the server to lose its patience.
 */
export const runAbuse = async (
  target: AbuseTarget,
  {
    attempts,
    slowAttempts,
    atOnce,
    seed,
  }: {
    readonly attempts: number;
    readonly slowAttempts: number;
    readonly atOnce: number;
    readonly seed: number;
  },
): Promise<AbuseResult[]> => {
  const slow = abuseCases.filter((one) => one.slow === true);
  const fast = abuseCases.filter((one) => one.slow !== true);
  const ofSlow = Math.min(slowAttempts, attempts);
  const inTurn = Array.from({ length: attempts }, (_, index) =>
    index < ofSlow ? slow[index % slow.length] : fast[(index - ofSlow) % fast.length],
  );
  const results: AbuseResult[] = [];
  let next = 0;
  const client = async (): Promise<void> => {
    for (let index = next++; index < attempts; index = next++) {
      const one = inTurn[index];
      if (one !== undefined) results.push(await attemptOne(one, target, seed + index));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, client));
  return results;
};
