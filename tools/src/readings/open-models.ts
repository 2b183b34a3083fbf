import { createRecognizer } from '@mien/infer-node';
import type { Detector, ExpressionModel } from '@mien/pipeline';

/** The shipped models, as the pipeline takes them. */
export interface OpenModels {
  readonly detector: Detector;
  readonly expression: ExpressionModel;
  readonly close: () => Promise<void>;
}

/** Loads the shipped models on the CPU. */
export const openModels = async (): Promise<OpenModels> => {
  const recognizer = await createRecognizer({ device: 'cpu', workers: 1 });
  return {
    detector: {
      card: recognizer.detectorCard,
      runGraph: (inputs) => recognizer.runGraph('face-detector', inputs),
    },
    expression: {
      card: recognizer.card,
      runGraph: (inputs) => recognizer.runGraph('expression', inputs),
    },
    close: () => recognizer.close(),
  };
};
