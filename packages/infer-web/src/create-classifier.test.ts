import { createHash } from 'node:crypto';
import { validCard } from '../../contract/src/model-card.test-support.ts';
import { createClassifier, RuntimeStartError } from './index.ts';

const cardOf = (graph: Uint8Array): object => {
  const valid = validCard();
  return { ...valid, graph: { ...valid.graph, sha256: createHash('sha256').update(graph).digest('hex') } };
};

// What needs a browser is tested in one: see tools/src/browser.
describe('creating a classifier outside a browser', () => {
  test('says what ONNX Runtime says of bytes that are not a graph', async () => {
    const model = new TextEncoder().encode('not a graph at all');
    const creating = createClassifier({ model, card: cardOf(model) });
    await expect(creating).rejects.toThrow(RuntimeStartError);
    await expect(creating).rejects.toMatchObject({ provider: 'WebAssembly' });
  });

  test('advises on the policy where that forbids WebAssembly', () => {
    const reason =
      "WebAssembly.instantiate(): violates the following Content Security Policy directive: script-src 'self'";
    expect(new RuntimeStartError('WebAssembly', reason).message).toContain("'wasm-unsafe-eval'");
  });
});
