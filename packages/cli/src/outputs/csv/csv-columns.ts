import type { FaceReading, TrackedFace } from '@mien/pipeline';
import type { PictureResult, VideoFrame } from '../../run/result.ts';

/** Where a face was found, beside its reading. */
export interface CsvPlace {
  readonly file: string;
  /** Of the frame, in a video. */
  readonly timeMs?: number;
  /** In a picture its place among the faces, from 1; in a video the number that it keeps. */
  readonly faceNumber: number;
  readonly frameWidthPx: number;
  readonly frameHeightPx: number;
}

/** Where the faces of a picture were found, in their order. */
export const placesInPicture = ({ input, widthPx, heightPx, faces }: PictureResult): CsvPlace[] =>
  faces.map((_, index) => ({
    file: input.name,
    faceNumber: index + 1,
    frameWidthPx: widthPx,
    frameHeightPx: heightPx,
  }));

/** Where the faces of a video's frame were found, in their order. */
export const placesInFrame = (file: string, { timeMs, widthPx, heightPx, faces }: VideoFrame): CsvPlace[] =>
  faces.map(({ trackId }) => ({
    file,
    timeMs,
    faceNumber: trackId,
    frameWidthPx: widthPx,
    frameHeightPx: heightPx,
  }));

/** A value as CSV has it; true and false are written out. */
export type CsvValue = string | number;

const COLUMNS = {
  file: ({ file }) => file,
  time_ms: ({ timeMs }) => (timeMs === undefined ? '' : Math.round(timeMs)),
  face: ({ faceNumber }) => faceNumber,
  label: (_, { label }) => label,
  probability: (_, { probability }) => round(probability, 6),
  unsure: (_, { unsure }) => String(unsure),
  unsure_reasons: (_, { unsureReasons }) => unsureReasons.join(' '),
  left_px: (_, { box }) => round(box.leftPx, 1),
  top_px: (_, { box }) => round(box.topPx, 1),
  width_px: (_, { box }) => round(box.widthPx, 1),
  height_px: (_, { box }) => round(box.heightPx, 1),
  frame_width_px: ({ frameWidthPx }) => frameWidthPx,
  frame_height_px: ({ frameHeightPx }) => frameHeightPx,
  confidence: (_, { confidence }) => round(confidence, 4),
  quality: (_, { quality }) => round(quality.score, 4),
  quality_issues: (_, { quality }) => quality.issues.join(' '),
  roll_deg: (_, { quality }) => degrees(quality.rollRad),
  yaw_deg: (_, { quality }) => degrees(quality.yawRad),
  pitch_deg: (_, { quality }) => degrees(quality.pitchRad),
} satisfies Record<string, (place: CsvPlace, face: FaceReading | TrackedFace) => CsvValue>;

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

function degrees(radians: number): number {
  return round((radians * 180) / Math.PI, 1);
}

/** The header: fixed columns, then one `p_LABEL` for each of the model's labels. */
export const csvHeader = (labels: readonly string[]): string[] => [
  ...Object.keys(COLUMNS),
  ...labels.map((label) => `p_${label}`),
];

/** One face as a row under {@link csvHeader}. */
export const csvRow = (place: CsvPlace, face: FaceReading | TrackedFace): CsvValue[] => [
  ...Object.values(COLUMNS).map((value) => value(place, face)),
  ...face.probabilities.map(({ probability }) => round(probability, 6)),
];
