import { createClassifier, DeviceUnavailableError, type Device } from '@mien/infer-node';
import { readFixtureFaces } from '../fixture-faces.ts';
import { classifyAll, failed, type Outcome } from '../runtime.ts';

/** What the process is asked to do: its one argument, as JSON. The outcome goes back as a message. */
export interface NodeTask {
  readonly graphFile: string;
  readonly device: Device;
  /** How many of the fixture faces, from the first. */
  readonly faces: number;
}

const run = async ({ graphFile, device, faces: count }: NodeTask): Promise<Outcome> => {
  try {
    const faces = (await readFixtureFaces()).slice(0, count);
    await using classifier = await createClassifier({ model: graphFile, device });
    const { provider } = classifier.device;
    if (provider !== device) return { status: 'failed', reason: `${provider} took over from ${device}` };
    return { status: 'ran', provider, ...(await classifyAll(faces, ({ png }) => classifier.classify(png))) };
  } catch (error) {
    return error instanceof DeviceUnavailableError
      ? { status: 'missing', reason: error.message }
      : failed(error);
  }
};

// Nobody waits for the outcome any more once the parent is gone; a software GPU would compute on for minutes.
process.once('disconnect', () => process.exit());
const outcome = await run(JSON.parse(process.argv[2] as string) as NodeTask);
process.send?.(outcome, () => process.disconnect());
