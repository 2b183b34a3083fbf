import { DOCUMENT_RECIPE, NO_AUGMENTATION, RESIDUAL_RECIPE, type AugmentRecipe } from './augment-recipe.ts';
import { InvalidAugmentSettingError, validateAugmentRecipe } from './validate-recipe.ts';

const SIZE = { widthPx: 48, heightPx: 40 };

describe('validateAugmentRecipe', () => {
  test.each([
    ['document', DOCUMENT_RECIPE],
    ['residual', RESIDUAL_RECIPE],
    ['empty', NO_AUGMENTATION],
    ['lists', { ...NO_AUGMENTATION, widthShiftRange: [-3, 4], zoomRange: [0.5, 2] as const }],
  ] as const)('accepts the %s recipe, also after a trip through JSON', (_, recipe) => {
    const restored = JSON.parse(JSON.stringify(recipe)) as AugmentRecipe;
    expect(restored).toEqual(recipe);
    expect(() => validateAugmentRecipe(restored, SIZE)).not.toThrow();
  });

  test.each([
    ['rotationRangeDeg', -1],
    ['rotationRangeDeg', NaN],
    ['rotationRangeDeg', '40'],
    ['widthShiftRange', -0.1],
    ['heightShiftRange', []],
    ['heightShiftRange', [1, null]],
    ['shearRangeDeg', 90],
    ['zoomRange', 1],
    ['zoomRange', [1.2, 0.8]],
    ['zoomRange', [0, 1]],
    ['isotropicZoom', 1],
    ['horizontalFlip', undefined],
    ['verticalFlip', 'yes'],
    ['channelShiftRange', 256],
    ['brightnessRange', [-0.5, 1]],
    ['fillMode', 'mirror'],
    ['cval', -1],
    ['cropPaddingPx', 0.5],
    ['cropPx', 0],
    ['cropPx', 41],
    ['brightnessJitter', 1.1],
    ['contrastJitter', Infinity],
    ['erasing', undefined],
    ['erasing', 0.5],
    ['mixupAlpha', -0.2],
    ['rotation', 40],
  ])('refuses %s = %p by name', (field, value) => {
    const call = () => validateAugmentRecipe({ ...NO_AUGMENTATION, [field]: value }, SIZE);
    expect(call).toThrow(InvalidAugmentSettingError);
    expect(call).toThrow(expect.objectContaining({ field: `recipe.${field}`, value }));
  });

  test.each([
    ['probability', 1.5],
    ['areaRange', [0.3, 0.1]],
    ['areaRange', [0, 0.1]],
    ['aspectRange', 2],
  ])('refuses erasing.%s = %p by name', (field, value) => {
    const erasing = { probability: 0.5, areaRange: [0.1, 0.2], aspectRange: [0.5, 2], [field]: value };
    const call = () => validateAugmentRecipe({ ...NO_AUGMENTATION, erasing } as unknown as AugmentRecipe);
    expect(call).toThrow(expect.objectContaining({ field: `recipe.erasing.${field}` }));
  });

  test('lets padding make room for a larger crop', () => {
    const recipe = { ...NO_AUGMENTATION, cropPx: 44, cropPaddingPx: 2 };
    expect(() => validateAugmentRecipe(recipe, SIZE)).not.toThrow();
  });

  test('says what was seen and what is allowed', () => {
    const call = () => validateAugmentRecipe({ ...NO_AUGMENTATION, cval: 300 });
    expect(call).toThrow('recipe.cval is 300, must be in [0, 255].');
  });
});
