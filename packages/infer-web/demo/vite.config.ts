import { fileURLToPath } from 'node:url';
import { defaultClientConditions, defineConfig, type Plugin } from 'vite';
import { serveNewestExport } from './newest-export.ts';

const workspace = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

/** Own scripts alone, and no server but its own to talk to: that pictures stay here is enforced, not only promised. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** Only in builds: while developing, Vite itself puts styles into the page. */
const contentSecurityPolicy = (): Plugin => ({
  name: 'mien:content-security-policy',
  apply: 'build',
  transformIndexHtml: () => [
    {
      tag: 'meta',
      attrs: { 'http-equiv': 'Content-Security-Policy', content: CONTENT_SECURITY_POLICY },
      injectTo: 'head-prepend',
    },
  ],
});

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: './',
  resolve: { conditions: ['@mien/source', ...defaultClientConditions] },
  plugins: [serveNewestExport(workspace('dist/training')), contentSecurityPolicy()],
  build: { outDir: workspace('dist/demo'), emptyOutDir: true, modulePreload: { polyfill: false } },
});
