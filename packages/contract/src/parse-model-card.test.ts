import { readFileSync } from 'node:fs';
import { modelCardJsonSchema } from '../schema/model-card-json-schema.ts';
import { fullCard, validCard } from './model-card.test-support.ts';
import type { ModelCard, OtherHead, Robustness } from './model-card.ts';
import { InvalidModelCardError, parseModelCard, parseTrainedModelCard } from './parse-model-card.ts';

const head = (): OtherHead => fullCard().otherHeads?.[0] as OtherHead;
const table = (): Robustness => fullCard().robustness?.[0] as Robustness;
const withHead = (changes: Partial<OtherHead>): unknown => ({
  ...fullCard(),
  otherHeads: [{ ...head(), ...changes }],
});

describe('parseModelCard', () => {
  test.each([
    ['the least that it must hold', validCard()],
    ['all that it may hold', fullCard()],
  ])('gives back a card with %s after a trip through JSON', (_, card) => {
    expect(parseModelCard(JSON.parse(JSON.stringify(card)))).toEqual(card);
  });

  const broken: [string, (card: ModelCard) => unknown, RegExp][] = [
    ['another schema version', (card) => ({ ...card, schemaVersion: 2 }), /schemaVersion/u],
    ['labels that repeat', (card) => ({ ...card, labels: ['sad', 'sad'] }), /unique/u],
    ['one label', (card) => ({ ...card, labels: ['sad'] }), /labels/u],
    ['two channels', (card) => ({ ...card, input: { ...card.input, channels: 2 } }), /input\.channels/u],
    ['gray in three channels', (card) => ({ ...card, input: { ...card.input, channels: 3 } }), /colour/u],
    [
      'temperature 0',
      (card) => ({ ...card, calibration: { ...card.calibration, temperature: 0 } }),
      /temperature/u,
    ],
    ['a short hash', (card) => ({ ...card, graph: { ...card.graph, sha256: 'abc' } }), /graph\.sha256/u],
    [
      'golden rows of another width',
      (card) => ({ ...card, golden: { ...card.golden, outputs: [[1]] } }),
      /golden/u,
    ],
    [
      'no golden outputs',
      (card) => ({ ...card, golden: { ...card.golden, outputs: [] } }),
      /golden\.outputs/u,
    ],
    [
      'a head whose labels repeat',
      () => withHead({ labels: ['open', 'open'] }),
      /otherHeads\.0\.labels: labels must be unique/u,
    ],
    ['a head without a name', () => withHead({ output: '' }), /otherHeads\.0\.output/u],
    ['two heads of one name', () => ({ ...fullCard(), otherHeads: [head(), head()] }), /otherHeads/u],
    ['a head named like the main output', () => withHead({ output: 'probabilities' }), /otherHeads/u],
    [
      'golden rows of another head that are too short',
      (card) => ({
        ...fullCard(),
        golden: { ...card.golden, otherOutputs: { mouth: [[0.5, 0.5]] } },
      }),
      /golden\.otherOutputs/u,
    ],
    [
      'a level of corruption that does not exist',
      () => ({
        ...fullCard(),
        robustness: [{ ...table(), rows: [{ ...table().rows[0], level: 4 }] }],
      }),
      /robustness\.0\.rows\.0\.level/u,
    ],
    ['nothing at all', () => null, /Object/u],
  ];
  test.each(broken)('refuses %s and names the field', (_, breakIt, field) => {
    const parseBroken = (): unknown => parseModelCard(breakIt(validCard()), 'x.card.json');
    expect(parseBroken).toThrow(InvalidModelCardError);
    expect(parseBroken).toThrow(field);
    expect(parseBroken).toThrow(/^x\.card\.json is not a valid model card/u);
  });

  test('names every wrong field at once', () => {
    try {
      parseModelCard({ ...validCard(), name: '', seed: 1, intendedUse: 3 });
    } catch (error) {
      expect((error as InvalidModelCardError).problems).toHaveLength(2);
    }
    expect.assertions(1);
  });
});

describe('parseTrainedModelCard', () => {
  test('does without graph and golden, which only an exported model has', () => {
    const { graph: _graph, golden: _golden, ...trained } = validCard();
    expect(parseTrainedModelCard(trained)).toEqual(trained);
    expect(() => parseModelCard(trained)).toThrow(/graph/u);
  });
});

test('the published JSON Schema is the one that the validator gives', () => {
  const published: unknown = JSON.parse(
    readFileSync(new URL('../model-card.schema.json', import.meta.url), 'utf8'),
  );
  expect(published).toEqual(JSON.parse(JSON.stringify(modelCardJsonSchema())));
});
