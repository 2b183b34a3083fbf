import type { Style } from '../../terminal/style.ts';
import type { Output } from '../output.ts';
import type { TextSink } from '../text-sink.ts';
import { headerRow, pictureRows } from './face-rows.ts';
import type { TableLayout } from './table-layout.ts';
import { videoRows } from './video-rows.ts';
import { VideoSummary } from './video-summary.ts';

/** Shows results to people: a row for each face of a picture, and for each face of a video what it came to. */
export const tableOutput = (params: {
  readonly sink: TextSink;
  readonly layout: TableLayout;
  readonly style: Style;
}): Output => {
  const { sink, layout, style } = params;
  let isHeaded = false;
  const writeRows = (rows: readonly string[]): Promise<void> => sink.write(`${rows.join('\n')}\n`);
  return {
    picture: async (result) => async () => {
      const header = isHeaded ? [] : [headerRow(layout, style)];
      isHeaded = true;
      await writeRows([...header, ...pictureRows(result, layout, style)]);
    },
    video: ({ name }) => {
      const summary = new VideoSummary();
      return {
        frame: (frame) => summary.add(frame),
        end: async () => {
          isHeaded = false;
          await writeRows(videoRows(name, summary, style));
        },
        abandon: () => undefined,
      };
    },
    failure: () => undefined,
    end: () => sink.finish(),
    discard: () => sink.discard(),
  };
};
