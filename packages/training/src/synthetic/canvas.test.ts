import sharp from 'sharp';
import { createFaceCanvas } from './canvas.ts';
import { createScene, type Scene } from './scene.ts';

const facing: Scene = {
  ...createScene(1),
  yawRad: 0,
  pitchRad: 0,
  rollRad: 0,
  scale: 0.4,
  centre: [0.5, 0.5],
};

const rounded = ([x, y]: readonly [number, number]): number[] =>
  [x, y].map((value) => Number(value.toFixed(6)));

describe('the pose', () => {
  test('of a face that looks straight ahead leaves places as they are', () => {
    const { project } = createFaceCanvas(facing);
    expect(rounded(project([0, 0]))).toEqual([50, 50]);
    expect(rounded(project([0.5, -1]))).toEqual([70, 10]);
  });

  test('turned by a right angle shows the nose at the side', () => {
    const { project } = createFaceCanvas({ ...facing, yawRad: Math.PI / 2 });
    expect(rounded(project([0, 0, 1]))).toEqual([90, 50]);
    expect(rounded(project([1, 0, 0]))).toEqual([50, 50]);
  });

  test('bent down by a right angle shows the nose at the bottom', () => {
    const { project } = createFaceCanvas({ ...facing, pitchRad: Math.PI / 2 });
    expect(rounded(project([0, 0, 1]))).toEqual([50, 90]);
  });

  test('rolled by a right angle turns the picture', () => {
    const { project } = createFaceCanvas({ ...facing, rollRad: Math.PI / 2 });
    expect(rounded(project([0.5, 0, 0]))).toEqual([50, 70]);
  });
});

describe('shapes', () => {
  const pixelAt = async (svg: string, x: number, y: number): Promise<number[]> => {
    const data = await sharp(Buffer.from(svg)).removeAlpha().raw().toBuffer();
    return [...data.subarray((y * 100 + x) * 3, (y * 100 + x) * 3 + 3)];
  };

  test('cover what they enclose, and stay within the region they are drawn inside of', async () => {
    const canvas = createFaceCanvas(facing);
    canvas.raw('<rect width="100" height="100" fill="white"/>');
    const square = (half: number) =>
      [
        [-half, -half, 0],
        [half, -half, 0],
        [half, half, 0],
        [-half, half, 0],
      ] as const;
    canvas.inside(square(0.5), () => canvas.curve(square(1), true, { fill: 'red' }));
    canvas.ellipse([0, 0], [0.1, 0.1], { fill: 'blue' });
    const svg = canvas.toSvg(100);
    expect(await pixelAt(svg, 50, 50)).toEqual([0, 0, 255]);
    expect(await pixelAt(svg, 60, 60)).toEqual([255, 0, 0]);
    expect(await pixelAt(svg, 85, 50)).toEqual([255, 255, 255]);
  });
});
