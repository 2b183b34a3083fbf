import { createRandom, FER2013_LABELS } from '@mien/contract';
import {
  ACTION_UNITS,
  drawActionUnits,
  EMOTION_PROTOTYPES,
  relaxedActionUnits,
  type ActionUnit,
} from './emotion-action-units.ts';

const showings = (emotion: (typeof FER2013_LABELS)[number]) =>
  Array.from({ length: 100 }, (_, seed) => drawActionUnits(emotion, createRandom(seed)));

describe('an emotion', () => {
  test.each(FER2013_LABELS)('%s always shows its core units, and hardly any others', (emotion) => {
    const { core, optional } = EMOTION_PROTOTYPES[emotion];
    const extremes = (unit: ActionUnit): [number, number] => {
      const strengths = showings(emotion).map((units) => units[unit]);
      return [Math.min(...strengths), Math.max(...strengths)];
    };
    for (const unit of ACTION_UNITS) {
      const [least, most] = extremes(unit);
      if (core.includes(unit)) expect(least).toBeGreaterThan(0.7);
      else if (!optional.includes(unit)) expect(most).toBeLessThan(0.1);
      expect(most).toBeLessThanOrEqual(1);
    }
  });

  test.each(FER2013_LABELS)('%s shows its optional units sometimes', (emotion) => {
    const all = showings(emotion);
    for (const unit of EMOTION_PROTOTYPES[emotion].optional) {
      const shown = all.filter((units) => units[unit] > 0.2).length;
      expect(shown).toBeGreaterThan(25);
      expect(shown).toBeLessThan(75);
    }
  });

  test('is shown the same way for the same seed, and differently for another', () => {
    expect(drawActionUnits('fear', createRandom(1))).toEqual(drawActionUnits('fear', createRandom(1)));
    expect(drawActionUnits('fear', createRandom(1))).not.toEqual(drawActionUnits('fear', createRandom(2)));
  });
});

test('a relaxed face contracts nothing', () => {
  expect(Object.values(relaxedActionUnits()).every((strength) => strength === 0)).toBe(true);
});
