import { DOCUMENT_RECIPE } from './augment-recipe.ts';
import { benchAugment } from './bench-augment.ts';

test('measures a rate', async () => {
  const rate = await benchAugment({ recipe: DOCUMENT_RECIPE, channels: 3, workers: 1, seconds: 0.1 });
  expect(Number.isFinite(rate) && rate > 0).toBe(true);
});
