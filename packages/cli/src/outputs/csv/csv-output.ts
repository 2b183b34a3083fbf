import type { Output } from '../output.ts';
import type { TextSink } from '../text-sink.ts';
import { csvHeader, csvRow, type CsvValue } from './csv-columns.ts';
import { csvText } from './csv-text.ts';

/** Writes a row for each face of a picture and each face of each frame of a video, under one header. */
export const csvOutput = (params: {
  readonly sink: TextSink;
  readonly labels: readonly string[];
}): Output => {
  const { sink, labels } = params;
  let isHeaded = false;
  const writeRows = async (rows: CsvValue[][]): Promise<void> => {
    const header = isHeaded ? [] : [csvHeader(labels)];
    isHeaded = true;
    await sink.write(csvText([...header, ...rows]));
  };
  return {
    picture:
      async ({ input, widthPx, heightPx, faces }) =>
      () =>
        writeRows(
          faces.map((face, index) =>
            csvRow(
              { file: input.name, faceNumber: index + 1, frameWidthPx: widthPx, frameHeightPx: heightPx },
              face,
            ),
          ),
        ),
    video: ({ name }) => ({
      frame: ({ timeMs, widthPx, heightPx, faces }) =>
        writeRows(
          faces.map((face) =>
            csvRow(
              {
                file: name,
                timeMs,
                faceNumber: face.trackId,
                frameWidthPx: widthPx,
                frameHeightPx: heightPx,
              },
              face,
            ),
          ),
        ),
      end: () => undefined,
      abandon: () => undefined,
    }),
    failure: () => undefined,
    end: async () => {
      if (!isHeaded) await writeRows([]);
      await sink.finish();
    },
    discard: () => sink.discard(),
  };
};
