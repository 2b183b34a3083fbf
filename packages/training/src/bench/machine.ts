import os from 'node:os';

/** Says what was measured on. */
export const machine = () => ({
  cpu: os.cpus()[0]?.model ?? 'unknown processor',
  cores: os.availableParallelism(),
  node: process.version,
  platform: `${process.platform} ${process.arch}`,
});
