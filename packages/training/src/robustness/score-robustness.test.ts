import tf from '@tensorflow/tfjs';
import { MissingSplitError } from '../evaluate/choose-split.ts';
import { brightHalfCard, brightHalfModel } from '../evaluate/trained-model.test-support.ts';
import { halvesDataset, halvesSplit, TURNING } from './robustness.test-support.ts';
import { scoreRobustness } from './score-robustness.ts';

tf.enableProdMode();

let trained: { model: tf.LayersModel; card: ReturnType<typeof brightHalfCard> };
beforeAll(async () => {
  await tf.setBackend('cpu');
  trained = { model: brightHalfModel(), card: brightHalfCard() };
});
afterAll(() => trained.model.dispose());

describe('scoreRobustness', () => {
  test('scores the images as they are and each version of them', async () => {
    const { table, overlap } = await scoreRobustness({
      trained,
      dataset: halvesDataset(),
      corruptions: [TURNING],
    });
    // 9 of 10 and 10 of 10: F1 18/19 and 20/21. Half a turn makes every right answer wrong. Black pictures give both
    // classes a half, and the first of equals is named: F1 20/30 and 0.
    const plain = { samples: 20, accuracy: 0.95, macroF1: (18 / 19 + 20 / 21) / 2 };
    expect(table.clean).toMatchObject({ ...plain, macroF1: expect.closeTo(plain.macroF1, 12) as number });
    expect(table.rows.map(({ level, strength, accuracy }) => [level, strength, accuracy])).toEqual([
      [1, '0°', 0.95],
      [2, '180°', 0.05],
      [3, 'black', 0.5],
    ]);
    expect(table.rows[2]?.macroF1).toBeCloseTo(1 / 3, 12);
    // scipy.stats.binomtest(19, 20).proportion_ci(method='wilson')
    expect(table.clean.accuracyInterval95[0]).toBeCloseTo(0.7639, 4);
    expect(table).toMatchObject({ dataset: 'halves', split: 'validation', protocol: 'majority of votes' });
    expect(overlap).toBe('none');
  });

  test('leaves out images that do not count', async () => {
    const split = halvesSplit();
    split.scored.set([0], 3);
    const { table } = await scoreRobustness({
      trained,
      dataset: halvesDataset(split),
      corruptions: [TURNING],
    });
    expect(table.clean).toMatchObject({ samples: 19, accuracy: 1 });
    expect(table.rows[1]).toMatchObject({ samples: 19, accuracy: 0 });
  });

  test('looks at no more images than asked, and at the same ones again', async () => {
    const params = { trained, dataset: halvesDataset(), corruptions: [TURNING], limit: 7 };
    const { table } = await scoreRobustness(params);
    expect(table.clean.samples).toBe(7);
    expect(await scoreRobustness(params)).toEqual({ table, overlap: 'none' });
  });

  test('tells how far it has come, every version counted', async () => {
    const seen: string[] = [];
    await scoreRobustness({
      trained,
      dataset: halvesDataset(),
      corruptions: [TURNING],
      onProgress: ({ done, total, what }) => seen.push(`${what}: ${done} of ${total}`),
    });
    expect(seen).toEqual([
      'clean: 20 of 80',
      'turning 1: 40 of 80',
      'turning 2: 60 of 80',
      'turning 3: 80 of 80',
    ]);
  });

  test('keeps no tensor', async () => {
    const before = tf.memory().numTensors;
    await scoreRobustness({ trained, dataset: halvesDataset(), corruptions: [TURNING] });
    expect(tf.memory().numTensors).toBe(before);
  });

  test('scores another head where one is named, and names it in the table', async () => {
    const main = trained.model.outputs[0] as tf.SymbolicTensor;
    // Its classes stand the other way round, and so does what it says: as good as the main one.
    const swapping = tf.layers.dense({ name: 'own', units: 2, useBias: false });
    const own = swapping.apply(main) as tf.SymbolicTensor;
    tf.tidy(() => swapping.setWeights([tf.tensor2d([0, 1, 1, 0], [2, 2])]));
    const { card } = trained;
    const labels = card.labels.toReversed();
    const head = { output: 'own', labels, calibration: card.calibration, evaluation: [] };
    const model = tf.model({ inputs: trained.model.inputs, outputs: [main, own] });
    const params = { dataset: halvesDataset(), corruptions: [TURNING] };
    const { table } = await scoreRobustness({
      ...params,
      trained: { model, card: { ...card, otherHeads: [head] } },
      head: 'own',
    });
    expect(table).toMatchObject({ output: 'own', clean: { accuracy: 0.95 } });
    expect(table.rows.map(({ accuracy }) => accuracy)).toEqual([0.95, 0.05, 0.5]);
    tf.dispose(swapping.getWeights());
  });

  test('refuses a split that is not there', async () => {
    const scoring = scoreRobustness({ trained, dataset: halvesDataset(), corruptions: [], split: 'test' });
    await expect(scoring).rejects.toThrow(MissingSplitError);
  });
});
