import { createPace } from './create-pace.ts';

const frames = (fps: number, seconds: number): number[] =>
  Array.from({ length: fps * seconds }, (_, index) => (index * 1000) / fps);

test.each([
  [30, 10],
  [30, 25],
  [60, 24],
  [25, 12.5],
])('thins %d frames a second out to %d, however the two fit', (given, wanted) => {
  const taken = frames(given, 10).filter(createPace(wanted));
  expect(Math.abs(taken.length - wanted * 10)).toBeLessThanOrEqual(1);
});

test('takes every frame where there are fewer than it may, or no limit', () => {
  expect(frames(10, 5).filter(createPace(30))).toHaveLength(50);
  expect(frames(60, 5).filter(createPace(Infinity))).toHaveLength(300);
});

test('does not take a rush of frames after a pause', () => {
  const pace = createPace(10);
  expect([0, 5000, 5010, 5020, 5030, 5100, 5110].filter(pace)).toEqual([0, 5000, 5100]);
});

test('goes on at once where the video is wound back', () => {
  const pace = createPace(10);
  expect([9000, 9100, 500, 550, 600].filter(pace)).toEqual([9000, 9100, 500, 600]);
});
