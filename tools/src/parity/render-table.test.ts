import { renderParityTable } from './render-table.ts';

test('the table is aligned, and says below it why a runtime did not run', () => {
  const table = renderParityTable([
    {
      runtime: 'node-cpu',
      verdict: 'agrees',
      provider: 'cpu',
      maxDifference: 2.34e-7,
      sameLabel: 28,
      faces: 28,
      msPerFace: 0.84,
    },
    {
      runtime: 'chromium-webgpu',
      verdict: 'differs',
      provider: 'webgpu',
      maxDifference: 0.25,
      sameLabel: 9,
      faces: 28,
      msPerFace: 12.31,
    },
    { runtime: 'node-cuda', verdict: 'missing', faces: 28, reason: 'no CUDA\nhere' },
  ]);
  expect(table.split('\n')).toEqual([
    'runtime          provider  max |Δp|  same label  ms/face  verdict',
    'node-cpu         cpu         2.3e-7       28/28      0.8  agrees',
    'chromium-webgpu  webgpu      2.5e-1        9/28     12.3  differs',
    'node-cuda        –                –           –        –  missing',
    '',
    'node-cuda missing: no CUDA here',
  ]);
});
