import { jestConfig } from '../jest.base.mjs';

// SwiftShader computes WebGPU on the processor, and shares it with the other tests.
export default jestConfig({ displayName: 'tools', testTimeout: 180_000 });
