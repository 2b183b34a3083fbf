import { fileURLToPath } from 'node:url';

/**
 * The one Jest configuration: sources run as ES modules (onnxruntime-web's wasm and `import.meta.url` need it),
 * packages resolve to their sources, and the environment shares typed arrays with native addons.
 */
export const jestConfig = (overrides = {}) => ({
  testEnvironment: fileURLToPath(new URL('./jest.environment.mjs', import.meta.url)),
  testEnvironmentOptions: { customExportConditions: ['@mien/source', 'node', 'node-addons'] },
  extensionsToTreatAsEsm: ['.ts'],
  testMatch: ['<rootDir>/src/**/*.test.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'es6' } },
    ],
  },
  testTimeout: 60_000,
  ...overrides,
});
