import { chooseHead, UnknownHeadError } from './choose-head.ts';
import { brightHalfCard } from './trained-model.test-support.ts';

const plain = brightHalfCard();
const otherHeads = ['own', 'age'].map((output, index) => ({
  output,
  labels: [`a${index}`, `b${index}`],
  calibration: plain.calibration,
  evaluation: [],
}));

describe('chooseHead', () => {
  test('takes the main head where none is named', () => {
    expect(chooseHead({ ...plain, otherHeads }, undefined)).toEqual({ index: 0, labels: ['left', 'right'] });
  });

  test('finds another by its name, in the order of the outputs', () => {
    expect(chooseHead({ ...plain, otherHeads }, 'age')).toEqual({ index: 2, labels: ['a1', 'b1'] });
  });

  test('refuses one that is not there, and names those that are', () => {
    expect(() => chooseHead({ ...plain, otherHeads }, 'mood')).toThrow(UnknownHeadError);
    expect(() => chooseHead({ ...plain, otherHeads }, 'mood')).toThrow('choose: own, age.');
    expect(() => chooseHead(plain, 'mood')).toThrow('"bright half" has one head alone');
  });
});
