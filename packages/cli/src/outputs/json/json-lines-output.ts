import type { Output } from '../output.ts';
import type { TextSink } from '../text-sink.ts';
import { failureRecord, frameRecord, pictureRecord, type ModelRecord } from './records.ts';

/**
 * Writes one JSON object a line, as soon as it is known: first the model, then each picture, each frame of a video and
 * each failure, last what the run came to. `type` says which it is.
 */
export const jsonLinesOutput = (params: { readonly sink: TextSink; readonly model: ModelRecord }): Output => {
  const { sink, model } = params;
  let isBegun = false;
  const line = async (record: object): Promise<void> => {
    const first = isBegun ? '' : `${JSON.stringify({ type: 'model', ...model })}\n`;
    isBegun = true;
    await sink.write(`${first}${JSON.stringify(record)}\n`);
  };
  return {
    picture: async (result) => () => line({ type: 'picture', ...pictureRecord(result) }),
    video: ({ name }) => ({
      frame: (frame) => line({ type: 'frame', file: name, ...frameRecord(frame) }),
      end: () => undefined,
      abandon: () => undefined,
    }),
    failure: (failure) => line({ type: 'failure', ...failureRecord(failure) }),
    end: async (summary) => {
      await line({ type: 'summary', ...summary });
      await sink.finish();
    },
    discard: () => sink.discard(),
  };
};
