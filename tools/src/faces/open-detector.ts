import { parseDetectorCard, type DetectorCard } from '@mien/contract';
import { faceDetectorModel } from '@mien/models';
import type { Detector, Tensors } from '@mien/pipeline';
import { readFile } from 'node:fs/promises';
import { InferenceSession, Tensor } from 'onnxruntime-node';

/** The shipped detector on onnxruntime's CPU provider, in this thread. */
export interface OpenDetector extends Detector {
  readonly card: DetectorCard;
  readonly close: () => Promise<void>;
}

/** Loads the shipped detector. */
export const openDetector = async (threads = 1): Promise<OpenDetector> => {
  const { model, card } = faceDetectorModel.fp32;
  const session = await InferenceSession.create(await readFile(model), {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
  });
  const runGraph = async (inputs: Tensors): Promise<Tensors> => {
    const feeds = Object.entries(inputs).map(([name, { data, dims }]) => [
      name,
      new Tensor('float32', data, dims),
    ]);
    const outputs = await session.run(Object.fromEntries(feeds) as Record<string, Tensor>);
    return Object.fromEntries(
      Object.entries(outputs).map(([name, { data, dims }]) => [name, { data: data as Float32Array, dims }]),
    );
  };
  return {
    card: parseDetectorCard(JSON.parse(await readFile(card, 'utf8')), card.href),
    runGraph,
    close: () => session.release(),
  };
};
