import { autoProviders } from './auto-providers.ts';

test.each([
  ['linux', 'x64', ['cuda', 'webgpu', 'cpu']],
  ['linux', 'arm64', ['webgpu', 'cpu']],
  ['darwin', 'arm64', ['coreml', 'webgpu', 'cpu']],
  ['win32', 'x64', ['dml', 'webgpu', 'cpu']],
  ['freebsd', 'x64', ['cpu']],
] as const)(
  'on %s %s the device auto tries what there can be, the processor last',
  (platform, arch, providers) => {
    expect(autoProviders({ platform, arch })).toEqual(providers);
  },
);
