import { describeError } from '@mien/contract';
import type { Recognizer } from '@mien/infer-node';
import type { FaceReading } from '@mien/pipeline';
import type { Failure, PictureResult, VideoFrame } from '../../run/result.ts';

/** What readings came from. */
export type ModelRecord = ReturnType<typeof modelRecord>;

/** Says which model ran where. */
export const modelRecord = ({
  model: path,
  card,
  device,
}: Pick<Recognizer, 'model' | 'card' | 'device'>) => ({
  model: { path, name: card.name, labels: card.labels, sha256: card.graph.sha256 },
  device,
});

/** A face as JSON has it: all of its reading but the pixels. */
export const faceRecord = <Face extends FaceReading>(face: Face): Omit<Face, 'crop'> => {
  const { crop: _, ...rest } = face;
  return rest;
};

/** A picture as JSON has it; a face's number is its place among `faces`, from 1. */
export const pictureRecord = ({ input, widthPx, heightPx, faces }: PictureResult) => ({
  file: input.name,
  widthPx,
  heightPx,
  faces: faces.map(faceRecord),
});

/** A frame of a video as JSON has it. */
export const frameRecord = ({ timeMs, widthPx, heightPx, faces }: VideoFrame) => ({
  timeMs,
  widthPx,
  heightPx,
  faces: faces.map(faceRecord),
});

/** An input that could not be read as JSON has it. */
export const failureRecord = ({ name, error }: Failure) => ({
  file: name,
  error: { name: error.name, message: describeError(error) },
});
