import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodesByProvider } from './observe-provider.ts';

const profile = (events: readonly unknown[]): string => {
  const folder = mkdtempSync(join(tmpdir(), 'mien-test-'));
  writeFileSync(join(folder, 'profile.json'), JSON.stringify(events));
  return folder;
};

const kernel = (name: string, provider: string): unknown => ({
  cat: 'Node',
  name: `${name}_kernel_time`,
  args: { op_name: 'Conv', provider },
});

describe('nodesByProvider', () => {
  test('counts each node once, however often it ran, and leaves out what is no node', () => {
    const folder = profile([
      { cat: 'Session', name: 'model_run', args: {} },
      { cat: 'Session', name: 'session_initialization' },
      kernel('conv1', 'WebGpuExecutionProvider'),
      kernel('conv1', 'WebGpuExecutionProvider'),
      kernel('conv2', 'WebGpuExecutionProvider'),
      kernel('shape', 'CPUExecutionProvider'),
      kernel('gemm', 'CUDAExecutionProvider'),
    ]);
    expect(nodesByProvider(folder)).toEqual({ cpu: 1, cuda: 1, webgpu: 2, coreml: 0, dml: 0 });
  });

  test('counts nothing where no profile was written', () => {
    expect(nodesByProvider(mkdtempSync(join(tmpdir(), 'mien-test-')))).toEqual({
      cpu: 0,
      cuda: 0,
      webgpu: 0,
      coreml: 0,
      dml: 0,
    });
  });
});
