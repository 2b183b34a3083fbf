import { runSelfTest } from '@mien/pipeline';
import { openSession } from './open-session.ts';
import { TINY_SIZE_PX, tinyCard, tinyGraph } from '../tiny-classifier.test-support.ts';

test('a graph with further heads gives the one that its card describes, and no other', async () => {
  const model = tinyGraph({ otherHead: true });
  const card = tinyCard(model);
  const { runGraph } = await openSession({
    model,
    output: card.graph.output.name,
    device: 'cpu',
    threads: 1,
    selfTest: (run) => runSelfTest({ card, runGraph: run }),
  });
  const dims = [1, 1, TINY_SIZE_PX, TINY_SIZE_PX];
  const outputs = await runGraph({ pixels: { data: new Float32Array(TINY_SIZE_PX ** 2), dims } });
  expect(Object.keys(outputs)).toEqual(['probabilities']);
  expect([...(outputs['probabilities']?.data ?? [])]).toEqual([0.25, 0.25, 0.25, 0.25]);
});
