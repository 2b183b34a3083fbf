import * as v from 'valibot';

/** Text that says something. */
export const text = v.pipe(v.string(), v.nonEmpty());

/** A whole number from 0. */
export const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** A whole number from 1. */
export const positive = v.pipe(v.number(), v.integer(), v.minValue(1));

/** A share, in [0, 1]. */
export const fraction = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

/** A SHA-256 in lowercase hexadecimal. */
export const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/u));

/** The classes of a head, each named once. */
export const uniqueLabels = v.pipe(
  v.array(text),
  v.minLength(2),
  v.check((labels) => new Set(labels).size === labels.length, 'labels must be unique'),
);
