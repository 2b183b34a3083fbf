import type { ModelCard } from './model-card.ts';

/** A card that is valid in every field, for tests to break one field at a time. */
export const validCard = (): ModelCard => ({
  schemaVersion: 1,
  name: 'tiny',
  labels: ['happy', 'sad'],
  input: { widthPx: 2, heightPx: 2, channels: 1, colour: 'gray', range: [0, 255] },
  calibration: {
    method: 'temperature',
    temperature: 1.2,
    fittedOn: 'validation',
    eceBefore: 0.1,
    eceAfter: 0.02,
  },
  training: {
    architecture: 'document',
    parameters: 10,
    dataset: {
      name: 'built-in faces',
      kind: 'synthetic',
      fingerprint: 'ab'.repeat(32),
      trainImages: 4,
      validationImages: 2,
    },
    seed: 1,
    epochs: 1,
    recipe: { batchSize: 2 },
    backend: 'cpu',
    packages: { '@tensorflow/tfjs': '4.22.0' },
    seconds: 1.5,
    finishedAt: '2026-01-02T03:04:05.678Z',
  },
  evaluation: [
    {
      dataset: 'built-in faces',
      split: 'validation',
      protocol: 'majority',
      usedForSelection: true,
      samples: 2,
      accuracy: 0.5,
      accuracyInterval95: [0.1, 0.9],
      macroF1: 0.5,
      ece: 0.1,
      perClass: [
        { label: 'happy', support: 1, precision: 1, recall: 1, f1: 1 },
        { label: 'sad', support: 1, precision: 0, recall: 0, f1: 0 },
      ],
      confusion: [
        [1, 0],
        [1, 0],
      ],
    },
  ],
  licence: { weights: 'Apache-2.0', data: 'made here' },
  intendedUse: 'Tests.',
  limits: ['Knows nothing.'],
  graph: {
    file: 'model.onnx',
    sha256: 'cd'.repeat(32),
    bytes: 100,
    opset: 18,
    irVersion: 8,
    precision: 'fp32',
    input: { name: 'pixels', dtype: 'float32', layout: 'NCHW', shape: ['N', 1, 2, 2] },
    output: { name: 'probabilities', dtype: 'float32', shape: ['N', 2] },
  },
  golden: { seed: 7, outputs: [[0.25, 0.75]], tolerance: 1e-4 },
});

/** {@link validCard} with everything that a card may hold besides. */
export const fullCard = (): ModelCard => {
  const card = validCard();
  const scored = { dataset: 'built-in faces', split: 'validation', protocol: 'majority' } as const;
  const scores = { samples: 2, accuracy: 0.5, macroF1: 0.4 };
  return {
    ...card,
    training: {
      ...card.training,
      dataset: { ...card.training.dataset, source: 'Drawn by the code, here.' },
      excluded: 1,
      command: 'npx nx run training:fit',
      commit: '0123abc',
      hardware: '2 cores',
      hours: 0.1,
    },
    otherHeads: [
      {
        output: 'mouth',
        labels: ['open', 'closed', 'hidden'],
        calibration: card.calibration,
        evaluation: card.evaluation,
      },
    ],
    robustness: [
      {
        ...scored,
        clean: scores,
        rows: [{ ...scores, corruption: 'blur', strength: 'σ 1.5 px', level: 2 }],
      },
    ],
    precisions: [{ ...scored, ...scores, precision: 'fp32', bytes: 100, ece: 0.1, otherHeads: { mouth: 1 } }],
    graph: {
      ...card.graph,
      otherOutputs: [{ name: 'mouth', dtype: 'float32', shape: ['N', 3] }],
    },
    golden: { ...card.golden, otherOutputs: { mouth: [[0.5, 0.25, 0.25]] } },
  };
};
