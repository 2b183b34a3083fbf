import type { Level } from './corruption.ts';
import type { RobustnessTable } from './measure-robustness.ts';

/** Means over all corruptions, each weighing the same. */
export interface LevelMeans {
  readonly level: Level | 'all';
  readonly accuracy: number;
  readonly macroF1: number;
}

const LEVELS = [1, 2, 3, 'all'] as const;

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Sums a table up: the means over the corruptions of each level, then of all, in which one model is set beside another. */
export const meanByLevel = ({ rows }: Pick<RobustnessTable, 'rows'>): LevelMeans[] =>
  LEVELS.map((level) => {
    const counted = rows.filter((row) => level === 'all' || row.level === level);
    return {
      level,
      accuracy: mean(counted.map(({ accuracy }) => accuracy)),
      macroF1: mean(counted.map(({ macroF1 }) => macroF1)),
    };
  });
