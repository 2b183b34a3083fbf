import type { FaceQuality } from '../quality/face-quality.ts';
import type { UnsureReason } from './face-reading.ts';

/**
 * Below this probability of its label, a reading counts as unsure: fewer than half of such readings are right
 * (docs/decisions/020-how-faces-are-cut.md).
 */
export const UNSURE_BELOW = 0.6;

/** Why a reading should not be relied on; nothing where it may be. */
export const unsureReasons = (
  probability: number,
  quality: Pick<FaceQuality, 'issues'>,
  unsureBelow: number = UNSURE_BELOW,
): UnsureReason[] => [...(probability < unsureBelow ? (['ambiguous'] as const) : []), ...quality.issues];
