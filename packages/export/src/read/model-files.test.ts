import { GraphModelError, NotATfjsModelError, parseLayersModelJson } from './model-files.ts';

const valid = () => ({
  format: 'layers-model',
  modelTopology: { class_name: 'Sequential', config: { layers: [] } },
  weightsManifest: [{ paths: ['a.bin'], weights: [{ name: 'w', shape: [2, 3], dtype: 'float32' }] }],
});

describe('parseLayersModelJson', () => {
  test('reads what model.save() writes', () => {
    const { topology, weightGroups } = parseLayersModelJson(valid());
    expect(topology['class_name']).toBe('Sequential');
    expect(weightGroups[0]?.paths).toEqual(['a.bin']);
  });

  test('looks into model_config, as Keras files from Python have it', () => {
    const json = { ...valid(), modelTopology: { keras_version: '2.9', model_config: valid().modelTopology } };
    expect(parseLayersModelJson(json).topology['class_name']).toBe('Sequential');
  });

  test.each([
    ['a list', []],
    ['null', null],
    ['no topology', { weightsManifest: [] }],
    ['no manifest', { modelTopology: valid().modelTopology }],
    ['a manifest without weights', { ...valid(), weightsManifest: [{ paths: ['a.bin'] }] }],
    [
      'a weight of negative size',
      {
        ...valid(),
        weightsManifest: [{ paths: [], weights: [{ name: 'w', shape: [-1], dtype: 'float32' }] }],
      },
    ],
    ['a topology of something else', { ...valid(), modelTopology: { nodes: [] } }],
  ])('refuses %s', (_, json) => {
    expect(() => parseLayersModelJson(json)).toThrow(NotATfjsModelError);
  });

  test.each([{ format: 'graph-model', modelTopology: {} }, { modelTopology: { node: [] } }])(
    'tells a GraphModel apart',
    (json) => {
      expect(() => parseLayersModelJson(json)).toThrow(GraphModelError);
    },
  );
});
