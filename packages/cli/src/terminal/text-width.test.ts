import { padText, shortenPath, shortenText, textWidth } from './text-width.ts';

describe('the width of a text on a terminal', () => {
  test.each([
    ['photo.jpg', 9],
    ['Kühe.jpg', 8],
    ['Ku\u0308he', 4],
    ['写真', 4],
    ['👨‍👩‍👧', 2],
    ['', 0],
  ])('of %j is %i', (text, width) => expect(textWidth(text)).toBe(width));

  test('is what padding fills up to', () => {
    expect(padText('写真', 6)).toBe('写真  ');
    expect(padText('longer', 3)).toBe('longer');
  });
});

describe('a text that is too wide', () => {
  test('loses its middle, so that its start and its end still tell it apart', () => {
    expect(shortenText('holiday-in-the-mountains-0001.jpg', 16)).toBe('holida…-0001.jpg');
    expect(shortenText('short.jpg', 16)).toBe('short.jpg');
  });

  test('never ends up wider than asked for', () => {
    for (const text of ['写真の名前がとても長いファイル.jpg', 'a'.repeat(99)])
      for (let width = 2; width < 30; width++)
        expect(textWidth(shortenText(text, width))).toBeLessThanOrEqual(width);
  });

  test('loses its folders first where it is a path', () => {
    expect(shortenPath('a/very/long/way/to/photo.jpg', 12)).toBe('…/photo.jpg');
    expect(shortenPath('a/very/long/way/to/a-long-photograph.jpg', 12)).toBe('a-lo…aph.jpg');
    expect(shortenPath('a/photo.jpg', 12)).toBe('a/photo.jpg');
  });
});
