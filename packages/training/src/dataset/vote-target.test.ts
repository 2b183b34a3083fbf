import { voteTarget } from './vote-target.ts';

// neutral, happiness, surprise, sadness, anger, disgust, fear, contempt, unknown, not a face
describe('votes', () => {
  test('become shares of the eight emotions, single votes dropped', () => {
    // The first row of fer2013new.csv: 4 neutral, 1 sadness, 3 anger, 2 disgust.
    expect(voteTarget([4, 0, 0, 1, 3, 2, 0, 0, 0, 0])).toEqual({
      target: [4 / 9, 0, 0, 0, 3 / 9, 2 / 9, 0, 0],
      isStrict: false,
    });
  });

  test('are strict when the winner has more than half, "unknown" counted in', () => {
    expect(voteTarget([6, 0, 1, 1, 0, 0, 0, 0, 2, 0])).toEqual({
      target: [1, 0, 0, 0, 0, 0, 0, 0],
      isStrict: true,
    });
    expect(voteTarget([5, 0, 0, 5, 0, 0, 0, 0, 0, 0])).toMatchObject({ isStrict: false });
    expect(voteTarget([5, 0, 0, 4, 1, 0, 0, 0, 0, 0])).toMatchObject({ isStrict: true });
    expect(voteTarget([4, 0, 0, 0, 0, 0, 2, 0, 4, 0])).toMatchObject({ isStrict: false });
  });

  test.each([
    [[0, 0, 0, 0, 0, 0, 0, 0, 0, 10], 'most taggers found no face'],
    [[2, 0, 0, 3, 0, 0, 0, 0, 5, 0], 'most taggers found it unclear'],
    [[1, 1, 1, 1, 1, 1, 1, 1, 1, 1], 'no two taggers agree'],
  ])('leave out images that show no emotion (%j)', (votes, reason) => {
    expect(voteTarget(votes)).toBe(reason);
  });
});
