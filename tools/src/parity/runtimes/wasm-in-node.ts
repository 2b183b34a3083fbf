import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createClassifier } from '@mien/infer-web';
import { classifyAll, failed, type Runtime } from '../runtime.ts';

/** What browsers run on the CPU, `@mien/infer-web` on WebAssembly, but inside Node: parity without a browser. */
export const wasmInNode: Runtime = {
  id: 'node-wasm',
  run: async ({ exportFolder, faces }) => {
    try {
      const [model, card] = await Promise.all([
        readFile(join(exportFolder, 'model.onnx')),
        readFile(join(exportFolder, 'model.card.json'), 'utf8'),
      ]);
      await using classifier = await createClassifier({
        model,
        card: JSON.parse(card) as object,
        device: 'wasm',
      });
      const classified = await classifyAll(faces, ({ frame }) => classifier.classify(frame));
      return { status: 'ran', provider: classifier.device.provider, ...classified };
    } catch (error) {
      return failed(error);
    }
  },
};
