import { fileURLToPath } from 'node:url';
import { defaultClientConditions, defineConfig } from 'vite';

/** Bundles the package for pages without a bundler: one module, and beside it its worker, WebAssembly and models. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: './',
  publicDir: false,
  resolve: { conditions: ['@mien/source', ...defaultClientConditions] },
  // Parts that are loaded only where they are needed need ES modules.
  worker: { format: 'es' },
  build: {
    outDir: fileURLToPath(new URL('../../../dist/standalone', import.meta.url)),
    emptyOutDir: true,
    modulePreload: false,
    reportCompressedSize: false,
    rolldownOptions: {
      input: fileURLToPath(new URL('../src/index.ts', import.meta.url)),
      preserveEntrySignatures: 'strict',
      output: { entryFileNames: 'infer-web.js' },
    },
  },
});
