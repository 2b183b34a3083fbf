/** A share as a percentage, e.g. `87.3 %`. */
export const percent = (fraction: number): string => `${(fraction * 100).toFixed(1)} %`;

/** A difference of two shares in percentage points, e.g. `−3.2`; never `−0.0`. */
export const points = (difference: number): string => {
  const text = Math.abs(difference * 100).toFixed(1);
  if (text === '0.0') return text;
  return difference < 0 ? `−${text}` : `+${text}`;
};

/** A score or an error in [0, 1] with three places. */
export const score = (value: number): string => value.toFixed(3);

/** A whole number with its thousands set apart. */
export const whole = (value: number): string => value.toLocaleString('en-US');

/** A size in megabytes of a million bytes. */
export const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(2)} MB`;

/** Labels as a list in a sentence, each as code. */
export const codeList = (labels: readonly string[]): string =>
  labels.map((label) => `\`${label}\``).join(', ');
