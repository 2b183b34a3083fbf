import { MienError } from '@mien/contract';

const leavesOf = (value: unknown, path: string): [path: string, leaf: string][] => {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return [[path, JSON.stringify(value)]];
  return Object.entries(value).flatMap(([key, inner]) =>
    leavesOf(inner, path === '' ? key : `${path}.${key}`),
  );
};

/**
 * Compares two JSON values field by field.
 *
 * @returns what differs, in words: `recipe.epochs: 10 → 20`.
 */
export const settingsChanges = (before: unknown, after: unknown): string[] => {
  // Through JSON, so that fields that are undefined do not count.
  const old = new Map(leavesOf(JSON.parse(JSON.stringify(before)), ''));
  const current = new Map(leavesOf(JSON.parse(JSON.stringify(after)), ''));
  return [...new Set([...old.keys(), ...current.keys()])]
    .filter((path) => old.get(path) !== current.get(path))
    .map((path) => `${path}: ${old.get(path) ?? 'not set'} → ${current.get(path) ?? 'not set'}`);
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
