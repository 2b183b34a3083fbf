import type { FaceReading } from '@mien/pipeline';
import { judgeUnsure } from './judge-unsure.ts';

const face = (unsureReasons: FaceReading['unsureReasons']): FaceReading =>
  ({ probability: 0.6, unsure: unsureReasons.length > 0, unsureReasons }) as unknown as FaceReading;

describe('judgeUnsure', () => {
  test.each([
    ['nothing to judge by', ['blurred'], undefined, ['blurred']],
    ['a bound above the probability', [], 0.7, ['ambiguous']],
    ['a bound below it', ['ambiguous'], 0.5, []],
    ['a bound of just the probability', ['ambiguous'], 0.6, []],
    ['a face that is hard to read, and a bound below', ['ambiguous', 'blurred'], 0.5, ['blurred']],
    ['a face that is hard to read, and a bound above', ['blurred'], 0.7, ['ambiguous', 'blurred']],
  ] as const)('with %s', (_, reasons, unsureBelow, expected) => {
    const judged = judgeUnsure(face(reasons), unsureBelow);
    expect(judged.unsureReasons).toEqual(expected);
    expect(judged.unsure).toBe(expected.length > 0);
  });
});
