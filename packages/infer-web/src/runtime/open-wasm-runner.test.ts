import { runSelfTest } from '@mien/pipeline';
import { TINY_SIZE_PX, tinyCard, tinyGraph } from '../../../infer-node/src/tiny-classifier.test-support.ts';
import { openWasmRunner } from './open-wasm-runner.ts';
import { toGraphFile } from './runner.ts';

test('a graph with further heads gives the one that its card describes, and no other', async () => {
  const bytes = tinyGraph({ otherHead: true });
  const graphs = { tiny: toGraphFile({ bytes, card: tinyCard(bytes) }, runSelfTest) };
  const runner = await openWasmRunner({ graphs, assetsUrl: undefined });
  const dims = [1, 1, TINY_SIZE_PX, TINY_SIZE_PX];
  const outputs = await runner.run('tiny', { pixels: { data: new Float32Array(TINY_SIZE_PX ** 2), dims } });
  expect(Object.keys(outputs)).toEqual(['probabilities']);
  expect([...(outputs['probabilities']?.data ?? [])]).toEqual([0.25, 0.25, 0.25, 0.25]);
  await runner.close();
});
