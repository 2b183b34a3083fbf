import { formatBar } from '../../terminal/bar.ts';
import { formatCount, formatPercent, formatTime } from '../../terminal/format-figures.ts';
import { printable } from '../../terminal/printable.ts';
import type { Style } from '../../terminal/style.ts';
import type { FaceSummary, VideoSummary } from './video-summary.ts';

const LABEL_WIDTH = 12;
const BAR_WIDTH = 12;
/** Labels beside the first that a face's row names. */
const OTHERS = 2;

const faceRow = (face: FaceSummary, style: Style): string => {
  const [first, ...others] = face.shares;
  const rest = others
    .slice(0, OTHERS)
    .map(({ label, share }) => `${label} ${formatPercent(share)}`)
    .join(', ');
  const unsure = face.unsureShare === 0 ? '' : style.warning(`unsure ${formatPercent(face.unsureShare)}`);
  return [
    `  face ${String(face.trackId).padEnd(3)}`,
    `${formatTime(face.fromMs)}–${formatTime(face.toMs)}`.padEnd(15),
    style.bold((first?.label ?? '').padEnd(LABEL_WIDTH)),
    `${style.accent(formatBar(first?.share ?? 0, BAR_WIDTH))} ${formatPercent(first?.share ?? 0).padStart(5)}`,
    [rest, unsure].filter((part) => part !== '').join('; '),
  ]
    .join('  ')
    .trimEnd();
};

/** A video's rows: what it is, and for each face when it was there and for what share of that time it had which label. */
export const videoRows = (name: string, summary: VideoSummary, style: Style): readonly string[] => {
  const faces = summary.faces();
  const found = faces.length === 0 ? 'no face' : formatCount(faces.length, 'face');
  const title = `${style.bold(printable(name))}  ${formatTime(summary.lastMs)}, ${formatCount(summary.frames, 'frame')}, ${found}`;
  return [title, ...faces.map((face) => faceRow(face, style))];
};
