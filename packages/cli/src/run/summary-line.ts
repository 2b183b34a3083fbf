import { formatCount, formatDuration } from '../terminal/format-figures.ts';
import type { Summary } from './result.ts';

const formatSeconds = (seconds: number): string =>
  seconds < 10 ? `${seconds.toFixed(1)} s` : formatDuration(seconds);

/** What a run came to, as the last line for people: "6 pictures, 9 faces (2 unsure), 1 failure in 1.2 s". */
export const summaryLine = ({ pictures, videos, faces, unsureFaces, failed, seconds }: Summary): string => {
  const parts = [
    ...(pictures > 0 || videos === 0 ? [formatCount(pictures, 'picture')] : []),
    ...(videos > 0 ? [formatCount(videos, 'video')] : []),
    `${formatCount(faces, 'face')}${unsureFaces > 0 ? ` (${unsureFaces} unsure)` : ''}`,
    ...(failed > 0 ? [formatCount(failed, 'failure')] : []),
  ];
  return `${parts.join(', ')} in ${formatSeconds(seconds)}`;
};
