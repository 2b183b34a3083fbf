const counts = new Intl.NumberFormat('en-GB');

/** Writes a whole number with thousands separated: `25,045`. */
export const formatCount = (value: number): string => counts.format(value);

/** Writes a fraction as a percentage: `81.2 %`, with a blank at which lines do not break. */
export const formatPercent = (fraction: number, digits = 1): string =>
  `${(fraction * 100).toFixed(digits)}\u00A0%`;

/** Writes a length of time with its two largest units: `1 h 5 min`, `2 min 3 s`, `4.2 s`. */
export const formatDuration = (seconds: number): string => {
  if (seconds < 60) return `${seconds < 10 ? Number(seconds.toFixed(1)) : Math.round(seconds)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  const minutes = Math.round(whole / 60);
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
};
