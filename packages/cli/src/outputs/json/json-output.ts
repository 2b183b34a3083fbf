import type { Output } from '../output.ts';
import type { TextSink } from '../text-sink.ts';
import { failureRecord, frameRecord, pictureRecord, type ModelRecord } from './records.ts';

const indented = (value: unknown, indent: string): string =>
  JSON.stringify(value, null, 2).replaceAll('\n', `\n${indent}`);

/**
 * Writes one JSON document, piece by piece: `{ model, device, files: […], summary }`, where a file is a picture with its
 * `faces`, a video with its `frames`, or one with an `error`. A video that breaks off keeps its frames and has an
 * `error` of its own after it.
 */
export const jsonOutput = (params: { readonly sink: TextSink; readonly model: ModelRecord }): Output => {
  const { sink, model } = params;
  let files = 0;
  const nextFile = (): string => {
    const head = `${indented(model, '').slice(0, -2)},\n  "files": [`;
    files += 1;
    return files === 1 ? `${head}\n    ` : ',\n    ';
  };
  const writeFile = (record: object): Promise<void> => sink.write(nextFile() + indented(record, '    '));
  return {
    picture: async (result) => () => writeFile(pictureRecord(result)),
    video: async ({ name }) => {
      await sink.write(`${nextFile()}{\n      "file": ${JSON.stringify(name)},\n      "frames": [`);
      const end = (): Promise<void> => sink.write('\n      ]\n    }');
      return {
        frame: (frame) =>
          sink.write(`${frame.index === 0 ? '' : ','}\n        ${indented(frameRecord(frame), '        ')}`),
        end,
        abandon: end,
      };
    },
    failure: (failure) => writeFile(failureRecord(failure)),
    end: async (summary) => {
      const empty = files === 0 ? nextFile().trimEnd() : '\n  ';
      await sink.write(`${empty}],\n  "summary": ${indented(summary, '  ')}\n}\n`);
      await sink.finish();
    },
    discard: () => sink.discard(),
  };
};
