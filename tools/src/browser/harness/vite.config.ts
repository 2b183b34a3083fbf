import { defaultClientConditions, defineConfig } from 'vite';

export default defineConfig({
  base: './',
  resolve: { conditions: ['@mien/source', ...defaultClientConditions] },
  build: { modulePreload: { polyfill: false }, reportCompressedSize: false },
});
