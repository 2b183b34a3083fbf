import { detectFaces, type Detector, type RunGraph, type Tiles } from '@mien/pipeline';
import sharp from 'sharp';
import { fileURLToPath } from 'node:url';
import { median } from '../median.ts';
import { startTimer } from '../start-timer.ts';
import { decodePhoto } from './decode-photo.ts';
import { matchFaces, type FaceMatch } from './match-faces.ts';
import { UNCHANGED, type PhotoChange } from './photo-changes.ts';
import type { MarkedPhoto } from './photo-truth.ts';

/** How a detector did on one photograph. */
export interface Detection extends FaceMatch {
  readonly file: string;
  /** Faces that are there. */
  readonly faces: number;
  /** Squares that went through the graph. */
  readonly tiles: number;
  /** Median time from the decoded frame to faces, in milliseconds. */
  readonly milliseconds: number;
  /** The same as processor time, which other work on the machine lengthens less. */
  readonly processorMilliseconds: number;
}

/** What is measured. */
export interface MeasureDetectionParams {
  readonly photo: MarkedPhoto;
  readonly detector: Detector;
  readonly tiles?: Tiles;
  readonly change?: PhotoChange;
  /** How often it is timed. */
  readonly repeats?: number;
}

/** Hands the graph on and counts what goes through it. */
const counted = ({ card, runGraph }: Detector) => {
  let tiles = 0;
  const run: RunGraph = (inputs) => {
    tiles += inputs[card.graph.input.name]?.dims[0] ?? 0;
    return runGraph(inputs);
  };
  return { detector: { card, runGraph: run }, tiles: () => tiles };
};

/** Finds the faces of one photograph, changed where asked to, and compares them with those that a person marked. */
export const measureDetection = async ({
  photo,
  detector,
  tiles = 'auto',
  change = UNCHANGED,
  repeats = 1,
}: MeasureDetectionParams): Promise<Detection> => {
  const frame = await decodePhoto(change.apply(sharp(fileURLToPath(photo.url)), photo));
  const counting = counted(detector);
  const found = await detectFaces({ frame, detector: counting.detector, tiles });
  const times: number[] = [];
  const processorTimes: number[] = [];
  for (let repeat = 0; repeat < repeats; repeat++) {
    const time = startTimer();
    await detectFaces({ frame, detector, tiles });
    const elapsed = time();
    times.push(elapsed.milliseconds);
    processorTimes.push(elapsed.processorMilliseconds);
  }
  const marked = photo.faces.map((face) => change.move(face, photo, frame));
  return {
    file: photo.file,
    faces: marked.length,
    tiles: counting.tiles(),
    milliseconds: median(times),
    processorMilliseconds: median(processorTimes),
    ...matchFaces(marked, found),
  };
};
