import { Progress } from './progress.ts';

const shown = (width: number | undefined) => {
  const clock = { now: 0 };
  const lines: string[] = [];
  const screen = {
    progress: (describe: (width: number | undefined) => string) => lines.push(describe(width)),
  };
  const progress = new Progress({ screen, total: 4, now: () => clock.now });
  clock.now = 500;
  progress.frameDone('clip.mp4', 7400);
  clock.now = 2000;
  progress.inputDone('clip.mp4');
  clock.now = 4000;
  progress.inputDone('holiday/photo.jpg');
  return lines;
};

test('progress tells how far, how fast and how long still', () => {
  expect(shown(undefined)).toEqual([
    '0 of 4  clip.mp4 0:07.4',
    '1 of 4  0.5/s  6 s left  clip.mp4',
    '2 of 4  0.5/s  4 s left  holiday/photo.jpg',
  ]);
});

test('progress on a terminal has a bar, and shortens names to what is left', () => {
  expect(shown(79)[2]).toBe('██████████            2 of 4  0.5/s  4 s left  holiday/photo.jpg');
  expect(shown(60)[2]).toBe('██████████            2 of 4  0.5/s  4 s left  …/photo.jpg');
  expect(shown(46)[2]).toBe('██████████            2 of 4  0.5/s  4 s left');
});
