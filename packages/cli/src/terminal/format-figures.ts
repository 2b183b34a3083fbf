/** A share in [0, 1] as whole percent: "97 %". */
export const formatPercent = (fraction: number): string => `${Math.round(fraction * 100)} %`;

/** A span or a moment of a video: "0:07.4", "1:02:07.4". */
export const formatTime = (milliseconds: number): string => {
  const tenths = Math.round(milliseconds / 100);
  const seconds = Math.floor(tenths / 10);
  const parts = [Math.floor(seconds / 60) % 60, seconds % 60].map((part) => String(part).padStart(2, '0'));
  const hours = Math.floor(seconds / 3600);
  const clock = hours > 0 ? `${hours}:${parts.join(':')}` : parts.join(':').replace(/^0/u, '');
  return `${clock}.${tenths % 10}`;
};

/** A time to wait: "8 s", "3 min 20 s", "2 h 5 min". */
export const formatDuration = (seconds: number): string => {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  return minutes < 60
    ? `${minutes} min ${whole % 60} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
};

/** A count and its noun: "1 face", "3 faces". */
export const formatCount = (count: number, singular: string, plural = `${singular}s`): string =>
  `${count.toLocaleString('en-US')} ${count === 1 ? singular : plural}`;
