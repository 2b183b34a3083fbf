import { readFile } from 'node:fs/promises';
import { createClassifier } from '@mien/infer-web';
import { cardBeside } from '../find-export.ts';
import { classifyAll, failed, type Runtime } from '../runtime.ts';

/** What browsers run on the CPU, `@mien/infer-web` on WebAssembly, but inside Node: parity without a browser. */
export const wasmInNode: Runtime = {
  id: 'node-wasm',
  run: async ({ graphFile, faces }) => {
    try {
      const [model, card] = await Promise.all([readFile(graphFile), readFile(cardBeside(graphFile), 'utf8')]);
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
