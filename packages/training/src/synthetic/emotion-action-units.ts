import type { FER2013_LABELS, Random } from '@mien/contract';

/** The action units that the synthetic faces can show, by their FACS numbers. */
export const ACTION_UNITS = [1, 2, 4, 5, 6, 7, 9, 10, 12, 15, 16, 17, 20, 23, 25, 26] as const;

/** Number of a FACS action unit that the synthetic faces can show. */
export type ActionUnit = (typeof ACTION_UNITS)[number];

/** How strongly each action unit is contracted: 0 = relaxed, 1 = as far as a face can. */
export type ActionUnits = Readonly<Record<ActionUnit, number>>;

/** The emotions that the synthetic faces show: the labels of FER2013. */
export type SyntheticEmotion = (typeof FER2013_LABELS)[number];

interface Prototype {
  /** Always shown. */
  readonly core: readonly ActionUnit[];
  /** Shown by about half of the faces. */
  readonly optional: readonly ActionUnit[];
}

/**
 * Which action units show which emotion: the prototypes and their main variants of Ekman, Friesen & Hager, "Facial
 * Action Coding System: Investigator's Guide" (2002), as EMFACS uses them.
 */
export const EMOTION_PROTOTYPES: Readonly<Record<SyntheticEmotion, Prototype>> = {
  angry: { core: [4, 5, 7, 23], optional: [17] },
  disgust: { core: [9, 10, 15, 16, 25], optional: [4] },
  fear: { core: [1, 2, 4, 5, 20, 25], optional: [26] },
  happy: { core: [6, 12], optional: [25, 26] },
  sad: { core: [1, 4, 15], optional: [17] },
  surprise: { core: [1, 2, 5, 25, 26], optional: [] },
  neutral: { core: [], optional: [] },
};

/** A face at rest. */
export const relaxedActionUnits = (): Record<ActionUnit, number> =>
  Object.fromEntries(ACTION_UNITS.map((unit) => [unit, 0])) as Record<ActionUnit, number>;

/**
 * Draws one showing of an emotion: its core units at an intensity that the whole face shares, each a little stronger
 * or weaker, some of its optional units, and the slight stray movements that no real face is free of.
 */
export const drawActionUnits = (emotion: SyntheticEmotion, random: Random): ActionUnits => {
  const units = relaxedActionUnits();
  for (const unit of ACTION_UNITS) units[unit] = random.uniform(0, unit === 25 || unit === 26 ? 0.02 : 0.06);
  const { core, optional } = EMOTION_PROTOTYPES[emotion];
  const strength = random.uniform(0.85, 1);
  const contract = (unit: ActionUnit, share: number): void => {
    units[unit] = Math.min(1, Math.max(units[unit], strength * share * random.uniform(0.9, 1.15)));
  };
  for (const unit of core) contract(unit, 1);
  for (const unit of optional) if (random.chance(0.5)) contract(unit, random.uniform(0.4, 0.8));
  return units;
};
