import {
  ChannelCountError,
  PLAIN_PIXELS,
  rangeOfPixels,
  scalePixels,
  type PixelScaling,
} from './pixel-scaling.ts';

/** Two pictures of three channels and 1 × 2 pixels. */
const pictures = {
  count: 2,
  shape: [3, 1, 2],
  data: Uint8Array.from([0, 255, 51, 102, 10, 20, 1, 2, 3, 4, 5, 6]),
};

const imagenet: PixelScaling = {
  range: { min: 0, max: 1 },
  mean: [0.485, 0.456, 0.406],
  deviation: [0.229, 0.224, 0.225],
};

describe('scalePixels', () => {
  test('leaves plain pixels as they are, and puts channels last where the graph wants them so', () => {
    const last = scalePixels(pictures, PLAIN_PIXELS, 'channels-last');
    expect(last.shape).toEqual([1, 2, 3]);
    expect([...last.data]).toEqual([0, 51, 10, 255, 102, 20, 1, 3, 5, 2, 4, 6]);
    expect([...scalePixels(pictures, PLAIN_PIXELS, 'channels-first').data]).toEqual([...pictures.data]);
  });

  test('spreads pixels over a range, then takes off the mean and divides by the deviation of each channel', () => {
    const { data } = scalePixels(pictures, imagenet, 'channels-first');
    const expected = [(0 - 0.485) / 0.229, (1 - 0.485) / 0.229, (0.2 - 0.456) / 0.224, (0.4 - 0.456) / 0.224];
    for (const [index, value] of expected.entries()) expect(data[index]).toBeCloseTo(value, 5);
  });
});

describe('rangeOfPixels', () => {
  test('spans the numbers of all channels', () => {
    const { min, max } = rangeOfPixels(imagenet, 3);
    expect(min).toBeCloseTo(-0.485 / 0.229, 6);
    expect(max).toBeCloseTo((1 - 0.406) / 0.225, 6);
    expect(rangeOfPixels({ ...PLAIN_PIXELS, range: { min: -1, max: 1 } }, 1)).toEqual({ min: -1, max: 1 });
  });

  test('refuses means for another number of channels', () => {
    expect(() => rangeOfPixels(imagenet, 1)).toThrow(ChannelCountError);
  });
});
