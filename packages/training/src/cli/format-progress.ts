/** Puts seconds into words for people: `8 s`, `2:31`, `1:02:03`. */
export const formatDuration = (seconds: number): string => {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  const pad = (value: number): string => String(value).padStart(2, '0');
  const minutes = Math.floor(whole / 60) % 60;
  const hours = Math.floor(whole / 3600);
  return hours === 0 ? `${minutes}:${pad(whole % 60)}` : `${hours}:${pad(minutes)}:${pad(whole % 60)}`;
};

/** Puts a fraction into per cent with one digit: `85.1 %`. */
export const formatPercent = (fraction: number): string => `${(fraction * 100).toFixed(1)} %`;

/** Draws a bar of so many characters, filled by a fraction. */
export const formatBar = (fraction: number, width: number): string => {
  const filled = Math.round(Math.min(1, Math.max(0, fraction)) * width);
  return '█'.repeat(filled) + '░'.repeat(width - filled);
};
