/** An address as the page, or the worker, would follow it. */
export const absolute = (url: string | URL): string =>
  new URL(url, globalThis.document?.baseURI ?? globalThis.location?.href).href;

/** Tells an address from what it could lead to. */
export const isAddress = (value: unknown): value is string | URL =>
  typeof value === 'string' || value instanceof URL;
