// Writes what CommonJS needs of a package that is built as ES modules: `index.cjs`, which hands its one implementation
// on, so that classes are the same whichever way they came; and types for it. TypeScript lets a CommonJS file name the
// types of an ES module, but no values: each is declared by the type that it has there.
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const dist = join(resolve(process.argv[2] ?? '.'), 'dist');

/** @param {unknown} value */
const isClass = (value) =>
  typeof value === 'function' && /^class\b/u.test(Function.prototype.toString.call(value));

/** @param {readonly [string, unknown]} entry */
const declare = ([name, value]) => [
  `export declare const ${name}: typeof esm.${name};`,
  ...(isClass(value) ? [`export type ${name} = esm.${name};`] : []),
];

/** @type {Record<string, unknown>} */
const values = await import(pathToFileURL(join(dist, 'index.js')).href);

const types = [
  "import type * as esm from './index.js' with { 'resolution-mode': 'import' };",
  "export type * from './index.js' with { 'resolution-mode': 'import' };",
  ...Object.entries(values).flatMap(declare),
];
writeFileSync(join(dist, 'index.d.cts'), `${types.join('\n')}\n`);
writeFileSync(join(dist, 'index.cjs'), "'use strict';\nmodule.exports = require('./index.js');\n");
