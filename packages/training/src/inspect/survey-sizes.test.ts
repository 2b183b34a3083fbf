import sharp from 'sharp';
import { emptyFolder, writeFiles } from '../dataset/image-folder.test-support.ts';
import { surveySizes } from './survey-sizes.ts';

const png = (width: number, height: number): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: 'red' } })
    .png()
    .toBuffer();

test('counts sizes, and names files that are too small or far from square', async () => {
  const root = await emptyFolder();
  await writeFiles(root, {
    'a/1.png': await png(60, 60),
    'a/2.png': await png(60, 60),
    'a/3.png': await png(40, 48),
    'a/4.png': await png(90, 60),
    'a/5.png': 'no picture',
  });
  const sources = [1, 2, 3, 4, 5].map((number) => `a/${number}.png`);
  const survey = await surveySizes({ root, sources, sidePx: 48 });
  expect(survey).toMatchObject({ files: 4, small: ['a/3.png'], oblong: ['a/4.png'] });
  expect(survey.commonest[0]).toEqual({ widthPx: 60, heightPx: 60, files: 2 });
});
