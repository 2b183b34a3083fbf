import { runDetectorSelfTest, runSelfTest } from '@mien/pipeline';
import { createPixelReader } from '../image/create-pixel-reader.ts';
import { DETECTOR, EXPRESSION, loadModel } from '../load/load-model.ts';
import { openDevice } from '../runtime/open-device.ts';
import { toGraphFile, type DeviceInUse } from '../runtime/runner.ts';
import type { Opened, WorkerSetup } from './jobs.ts';
import type { RecognizeMeans } from './recognize-picture.ts';

/** Both models, ready. */
export interface Recognition extends RecognizeMeans {
  readonly opened: Opened;
  inUse(): DeviceInUse;
  close(): Promise<void>;
}

/**
 * Loads the face detector and the expression model, checks them against their cards, and opens them on a device.
 *
 * @throws what {@link loadModel} and {@link openDevice} throw.
 */
export const openRecognition = async ({
  expression: expressionSource,
  detector: detectorSource,
  device: requested,
  assetsUrl,
  recognition,
}: WorkerSetup): Promise<Recognition> => {
  const [expression, detector] = await Promise.all([
    loadModel(EXPRESSION, expressionSource),
    loadModel(DETECTOR, detectorSource),
  ]);
  const device = await openDevice({
    requested,
    assetsUrl,
    graphs: {
      detector: toGraphFile(detector, runDetectorSelfTest),
      expression: toGraphFile(expression, runSelfTest),
    },
  });
  return {
    detector: { card: detector.card, runGraph: (inputs) => device.run('detector', inputs) },
    expression: { card: expression.card, runGraph: (inputs) => device.run('expression', inputs) },
    readPixels: createPixelReader(),
    recognition,
    opened: {
      card: expression.card,
      detectorCard: detector.card,
      selfTestDifference: device.selfTestDifference,
    },
    inUse: () => device.inUse(),
    close: () => device.close(),
  };
};
