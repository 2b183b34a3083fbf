const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'] as const;

/**
 * Draws a share as block characters, exact to an eighth of one, padded with spaces.
 *
 * @param fraction in [0, 1].
 * @param width in characters; the bar of 1 fills it.
 */
export const formatBar = (fraction: number, width: number): string => {
  const eighths = Math.round(fraction * width * 8);
  return ('█'.repeat(Math.floor(eighths / 8)) + (EIGHTHS[eighths % 8] ?? '')).padEnd(width);
};
