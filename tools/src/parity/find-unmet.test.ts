import type { ParityRow } from './compare.ts';
import { findUnmet } from './find-unmet.ts';

const row = (runtime: string, verdict: ParityRow['verdict']): ParityRow => ({ runtime, verdict, faces: 1 });

describe('whether a parity run is a success', () => {
  test('a runtime that the machine does not have is no failure, unless it is required', () => {
    const rows = [row('node-cpu', 'agrees'), row('node-cuda', 'missing')];
    expect(findUnmet(rows, ['node-cpu'])).toEqual([]);
    expect(findUnmet(rows, ['node-cuda'])).toEqual(['node-cuda']);
  });

  test('a runtime that differs or fails is one, required or not, and is named once', () => {
    const rows = [row('node-cpu', 'agrees'), row('node-wasm', 'differs'), row('chromium-wasm', 'failed')];
    expect(findUnmet(rows, ['chromium-wasm'])).toEqual(['node-wasm', 'chromium-wasm']);
  });

  test('a required runtime that was not run at all is one', () => {
    expect(findUnmet([row('node-cpu', 'agrees')], ['chromium-wasm'])).toEqual(['chromium-wasm']);
  });

  test('a run that no runtime took part in proves nothing', () => {
    expect(findUnmet([row('node-cuda', 'missing')], [])).toEqual(['node-cuda']);
  });
});
