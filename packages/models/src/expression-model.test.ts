import { parseModelCard } from '@mien/contract';
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { expressionModel } from './index.ts';
import { PACKAGE_FILES } from './package-files.ts';

const graphs = Object.entries(expressionModel);

describe('the shipped model', () => {
  test.each(graphs)(
    'is there as %s, with the card that belongs to it',
    async (precision, { model, card }) => {
      const { graph } = parseModelCard(JSON.parse(await readFile(card, 'utf8')), card.href);
      const bytes = await readFile(model);
      expect(graph).toMatchObject({
        precision,
        file: basename(model.pathname),
        bytes: bytes.byteLength,
        sha256: createHash('sha256').update(bytes).digest('hex'),
      });
    },
  );

  test('is named whole: every exported graph is among those that the package gives', async () => {
    const exported = (await readdir(PACKAGE_FILES.graphs)).filter((name) => name.endsWith('.onnx'));
    expect(graphs.map(([, { model }]) => basename(model.pathname)).toSorted()).toEqual(exported.toSorted());
  });
});
