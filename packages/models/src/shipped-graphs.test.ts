import { parseDetectorCard, parseModelCard } from '@mien/contract';
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { expressionModel, faceDetectorModel, type ShippedGraph } from './index.ts';
import { PACKAGE_FILES } from './package-files.ts';

type Parse = typeof parseModelCard | typeof parseDetectorCard;

const graphsOf = (
  name: string,
  model: Readonly<Record<string, ShippedGraph>>,
  parse: Parse,
): [string, string, ShippedGraph, Parse][] =>
  Object.entries(model).map(([precision, graph]) => [name, precision, graph, parse]);

const graphs = [
  ...graphsOf('expression model', expressionModel, parseModelCard),
  ...graphsOf('face detector', faceDetectorModel, parseDetectorCard),
];

test.each(graphs)(
  'the shipped %s is there as %s, with the card that belongs to it',
  async (_, precision, { model, card }, parse) => {
    const { graph } = parse(JSON.parse(await readFile(card, 'utf8')), card.href);
    const bytes = await readFile(model);
    expect(graph).toMatchObject({
      precision,
      file: basename(model.pathname),
      bytes: bytes.byteLength,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    });
  },
);

test('every exported graph is among those that the package gives', async () => {
  const exported = (await readdir(PACKAGE_FILES.graphs)).filter((name) => name.endsWith('.onnx'));
  const given = graphs.map(([, , { model }]) => basename(model.pathname));
  expect(given.toSorted()).toEqual(exported.toSorted());
});
