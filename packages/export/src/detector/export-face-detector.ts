import {
  CANDIDATE_FIELDS,
  DETECTOR_CARD_SCHEMA_VERSION,
  goldenInput,
  largestDifference,
  parseDetectorCard,
  type DetectorCard,
} from '@mien/contract';
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readModelFile } from '../files/read-model-file.ts';
import { fileNames } from '../folder/file-names.ts';
import { publishFiles } from '../files/publish-files.ts';
import { BATCH } from '../graph/shape.ts';
import { GOLDEN_BATCH, GOLDEN_SEED } from '../verify/input-sets.ts';
import { runOnnx } from '../verify/run-onnx.ts';
import { VerificationError } from '../verify/verify-graph.ts';
import { IR_VERSION, OPSET, writeOnnx } from '../write/write-onnx.ts';
import { convertFaceDetector, DETECTOR_INPUT, DETECTOR_OUTPUT } from './convert-face-detector.ts';
import { CANDIDATES, INPUT_PX } from './detector-heads.ts';
import { runReferenceDetector } from './run-reference-detector.ts';

/** How far the graph's numbers, all of the order of 1, may be from tfjs's. */
const TOLERANCE = 1e-4;

/** The card holds every 64th candidate of its self-test: 14 of 896, from both heads. */
const CANDIDATE_STEP = 64;

/** Whose the network is. It is the one whose nodes {@link HEADS} names. */
const ORIGIN = {
  source:
    "BlazeFace for back cameras, by Google's MediaPipe; made from the TensorFlow.js GraphModel in @vladmandic/human",
  licence: { weights: 'Apache-2.0' },
} satisfies Partial<DetectorCard>;

const INPUT = {
  widthPx: INPUT_PX,
  heightPx: INPUT_PX,
  channels: 3,
  colour: 'rgb',
  range: [0, 255],
} satisfies DetectorCard['input'];

/** What is to be exported, and what its card says of it. */
export interface ExportFaceDetectorParams {
  /** Path of the GraphModel's JSON file. */
  readonly model: string;
  /** Gets `NAME.onnx` and `NAME.card.json`; made where it is not there. */
  readonly outFolder: string;
  readonly name: string;
}

/** What an export came to. */
export interface ExportedFaceDetector {
  readonly card: DetectorCard;
  /** The largest difference from tfjs on the self-test's pictures. */
  readonly difference: number;
}

const goldenPixels = (): Float32Array => {
  const outputs = Array.from({ length: GOLDEN_BATCH }, () => []);
  return goldenInput({
    input: INPUT,
    golden: { seed: GOLDEN_SEED, candidateStep: CANDIDATE_STEP, outputs, tolerance: TOLERANCE },
  });
};

/** The numbers of an image that the card holds. */
const pickGolden = (numbers: Float32Array, image: number): number[] => {
  const fields = CANDIDATE_FIELDS.length;
  const ofImage = numbers.subarray(image * CANDIDATES * fields, (image + 1) * CANDIDATES * fields);
  const picked = ofImage.filter((_, index) => Math.floor(index / fields) % CANDIDATE_STEP === 0);
  return Array.from(picked, (value) => Number(value.toPrecision(7)));
};

const makeCard = (onnx: Uint8Array, expected: Float32Array, name: string): DetectorCard =>
  parseDetectorCard({
    schemaVersion: DETECTOR_CARD_SCHEMA_VERSION,
    kind: 'face-detector',
    name,
    ...ORIGIN,
    input: INPUT,
    candidates: CANDIDATES,
    graph: {
      file: fileNames('fp32', name).graph,
      sha256: createHash('sha256').update(onnx).digest('hex'),
      bytes: onnx.byteLength,
      opset: OPSET,
      irVersion: IR_VERSION,
      precision: 'fp32',
      input: {
        name: DETECTOR_INPUT,
        dtype: 'float32',
        layout: 'NCHW',
        shape: [BATCH, 3, INPUT_PX, INPUT_PX],
      },
      output: {
        name: DETECTOR_OUTPUT,
        dtype: 'float32',
        shape: [BATCH, CANDIDATES, CANDIDATE_FIELDS.length],
      },
    },
    golden: {
      seed: GOLDEN_SEED,
      candidateStep: CANDIDATE_STEP,
      outputs: Array.from({ length: GOLDEN_BATCH }, (_, image) => pickGolden(expected, image)),
      tolerance: TOLERANCE,
    },
  });

/**
 * Converts the BlazeFace GraphModel into an ONNX file and its card, and proves that the file computes the same as the
 * model does in tfjs before it is put in place.
 *
 * @throws {VerificationError} when it does not.
 * @throws {MienError} saying what is wrong with the model or the output folder; nothing is written then.
 */
export const exportFaceDetector = async (params: ExportFaceDetectorParams): Promise<ExportedFaceDetector> => {
  const files = await readModelFile(params.model);
  const onnx = writeOnnx(await convertFaceDetector(files));
  const pixels = goldenPixels();
  const shape = [GOLDEN_BATCH, 3, INPUT_PX, INPUT_PX];
  const expected = await runReferenceDetector(files, pixels);
  const actual = await runOnnx(onnx, { [DETECTOR_INPUT]: { data: pixels, shape } });
  const difference = largestDifference(expected, actual.data);
  if (!(difference <= TOLERANCE))
    throw new VerificationError('the golden self-test', DETECTOR_OUTPUT, difference, TOLERANCE);
  const card = makeCard(onnx, expected, params.name);
  const names = fileNames('fp32', params.name);
  await publishFiles(params.outFolder, async (folder) => {
    await writeFile(join(folder, names.graph), onnx);
    await writeFile(join(folder, names.card), `${JSON.stringify(card, null, 2)}\n`);
  });
  return { card, difference };
};
