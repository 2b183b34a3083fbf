import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

/** Where npm puts the packages of this repository; some do not export all that they bring. */
const PACKAGES = new URL('../../../../node_modules/', import.meta.url);

const require = createRequire(import.meta.url);

/** The folder or file of a package, e.g. `@vladmandic/human/models/`. */
export const packageUrl = (path: string): URL => new URL(path, PACKAGES);

/** Loads a CommonJS file of a package. */
export const loadPackage = (path: string): unknown => require(fileURLToPath(packageUrl(path)));
