import { MienError } from '@mien/contract';

const leavesOf = (value: unknown, path: string): [path: string, leaf: string][] => {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return [[path, JSON.stringify(value)]];
  return Object.entries(value).flatMap(([key, inner]) =>
    leavesOf(inner, path === '' ? key : `${path}.${key}`),
  );
};

/** Fingerprints are told apart by their first digits. */
const shortened = (leaf: string): string => leaf.replaceAll(/\b([0-9a-f]{12})[0-9a-f]{52}\b/gu, '$1…');

/**
 * Compares two JSON values field by field.
 *
 * @returns what differs, in words: `recipe.epochs: 10 → 20`.
 */
export const settingsChanges = (before: unknown, after: unknown): string[] => {
  // Through JSON, so that fields that are undefined do not count.
  const old = new Map(leavesOf(JSON.parse(JSON.stringify(before)), ''));
  const current = new Map(leavesOf(JSON.parse(JSON.stringify(after)), ''));
  const shown = (leaf: string | undefined): string => (leaf === undefined ? 'not set' : shortened(leaf));
  return [...new Set([...old.keys(), ...current.keys()])]
    .filter((path) => old.get(path) !== current.get(path))
    .map((path) => `${path}: ${shown(old.get(path))} → ${shown(current.get(path))}`);
};

/** A run cannot be resumed because its settings or its data are no longer those it was started with. */
export class ChangedSettingsError extends MienError {
  override readonly name = 'ChangedSettingsError';
  constructor(
    readonly folder: string,
    readonly changes: readonly string[],
  ) {
    super(
      `Cannot resume the run in ${folder}, because it was started with other settings (${changes.join('; ')}). ` +
        'Give the settings that it was started with, or start anew with --fresh.',
    );
  }
}
