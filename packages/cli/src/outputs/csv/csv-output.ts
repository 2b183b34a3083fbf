import type { FaceReading } from '@mien/pipeline';
import type { Output } from '../output.ts';
import type { TextSink } from '../text-sink.ts';
import { csvHeader, csvRow, placesInFrame, placesInPicture, type CsvPlace } from './csv-columns.ts';
import { csvText } from './csv-text.ts';

/** Writes a row for each face of a picture and each face of each frame of a video, under one header. */
export const csvOutput = (params: {
  readonly sink: TextSink;
  readonly labels: readonly string[];
}): Output => {
  const { sink, labels } = params;
  let isHeaded = false;
  const writeRows = async (places: readonly CsvPlace[], faces: readonly FaceReading[]): Promise<void> => {
    const header = isHeaded ? [] : [csvHeader(labels)];
    isHeaded = true;
    const rows = places.map((place, index) => csvRow(place, faces[index] as FaceReading));
    await sink.write(csvText([...header, ...rows]));
  };
  return {
    picture: async (result) => () => writeRows(placesInPicture(result), result.faces),
    video: ({ name }) => ({
      frame: (frame) => writeRows(placesInFrame(name, frame), frame.faces),
      end: () => undefined,
      abandon: () => undefined,
    }),
    failure: () => undefined,
    end: async () => {
      if (!isHeaded) await writeRows([], []);
      await sink.finish();
    },
    discard: () => sink.discard(),
  };
};
