import { closePicture } from '../image/to-picture.ts';
import { createLane } from '../runtime/lane.ts';
import type { Answer, Jobs, Message, RecognizeTask } from './jobs.ts';
import { openRecognition, type Recognition } from './open-recognition.ts';
import { packError } from '@mien/contract';
import { recognizePicture } from './recognize-picture.ts';

/** Nobody waits for the result any more: what is answered instead is never looked at. */
class CancelledError extends Error {}

// One thing after the other: of two pictures at a time neither would be done sooner.
const lane = createLane();
/** The jobs whose results somebody waits for. */
const wanted = new Set<number>();
let recognition: Recognition | undefined;

const recognize = async (id: number, task: RecognizeTask): Promise<Jobs['recognize']['value']> => {
  const continueIfWanted = (): void => {
    if (!wanted.has(id)) throw new CancelledError();
  };
  try {
    if (recognition === undefined) throw new TypeError('The worker has no models.');
    continueIfWanted();
    return await recognizePicture(task, recognition, continueIfWanted);
  } finally {
    closePicture(task.picture);
  }
};

const work = async (
  message: Exclude<Message, { readonly cancel: number }>,
): Promise<Jobs[keyof Jobs]['value']> => {
  if (message.job === 'recognize') return recognize(message.id, message.task);
  if (message.job === 'open') {
    recognition = await openRecognition(message.task);
    return recognition.opened;
  }
  await recognition?.close();
  return undefined;
};

/** The memory of pictures that are moved to the page, not copied. */
const picturesIn = (answer: Answer): Transferable[] =>
  'value' in answer && answer.value !== undefined && 'faces' in answer.value
    ? answer.value.faces.flatMap(({ crop }) => (crop === undefined ? [] : [crop.rgba.buffer as ArrayBuffer]))
    : [];

const serve = async (message: Exclude<Message, { readonly cancel: number }>): Promise<void> => {
  const { id } = message;
  wanted.add(id);
  const outcome = await lane(() => work(message)).then(
    (value) => ({ value }),
    (error: unknown) => ({ failure: packError(error) }),
  );
  wanted.delete(id);
  const answer: Answer = { id, device: recognition?.inUse(), ...outcome };
  globalThis.postMessage(answer, { transfer: picturesIn(answer) });
};

globalThis.addEventListener('message', ({ data }: MessageEvent<Message>) => {
  if ('cancel' in data) wanted.delete(data.cancel);
  else void serve(data);
});
