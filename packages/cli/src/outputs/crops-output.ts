import type { FaceReading, Frame } from '@mien/pipeline';
import { join } from 'node:path';
import sharp from 'sharp';
import type { Input } from '../inputs/input.ts';
import type { PictureResult } from '../run/result.ts';
import { csvHeader, csvRow, placesInFrame, placesInPicture, type CsvPlace } from './csv/csv-columns.ts';
import { csvText } from './csv/csv-text.ts';
import type { Output, VideoOutput } from './output.ts';
import type { GrowingFile, ResultFiles } from './result-files.ts';

/** How crops are put into the folder: those that are sure in a subfolder for each label, or all beside a table. */
export const CROP_LAYOUTS = ['by-label', 'flat'] as const;
export type CropLayout = (typeof CROP_LAYOUTS)[number];

/** Of a face in a video no more than one crop is kept in this time: frames beside each other hardly differ. */
const VIDEO_INTERVAL_MS = 1000;

/** The table beside crops that lie flat. */
export const CROPS_TABLE = 'faces.csv';

const UNSAFE = /[/\\:*?"<>|\p{Cc}]|^\.+/gu;

const toPng = ({ rgba, widthPx, heightPx }: Frame): Promise<Buffer> =>
  sharp(rgba, { raw: { width: widthPx, height: heightPx, channels: 4 } })
    .removeAlpha()
    .png()
    .toBuffer();

/** A crop to write: the face, where it was found, and the name of its file. */
interface Crop {
  readonly face: FaceReading;
  readonly place: CsvPlace;
  /** Without folder and extension. */
  readonly stem: string;
}

/** One file's name for a path: folders become part of it. Stems differ in this form, too. */
const flatName = (stem: string): string => stem.replaceAll('/', '_');

/** Writes aligned faces into a folder, as PNG. */
class CropWriter {
  readonly #folder: string;
  readonly #files: ResultFiles;
  readonly #table: GrowingFile | undefined;
  /** Faces in pictures that were too unsure for a label's folder. */
  leftOut = 0;

  constructor(params: { folder: string; files: ResultFiles; table: GrowingFile | undefined }) {
    this.#folder = params.folder;
    this.#files = params.files;
    this.#table = params.table;
  }

  /** Writes the faces of one picture, and gives what is left to be written in order. */
  async writePicture(result: PictureResult): Promise<() => Promise<void>> {
    const places = placesInPicture(result);
    const rows: string[] = [];
    for (const [index, face] of result.faces.entries()) {
      if (!this.#isWanted(face)) {
        this.leftOut += 1;
        continue;
      }
      const place = places[index] as CsvPlace;
      rows.push(await this.#write({ face, place, stem: `${result.input.outputStem}_face${index + 1}` }));
    }
    return () => this.#addRows(rows);
  }

  /** Begins a video, of whose faces now and then one is written. */
  video({ name, outputStem }: Input): VideoOutput {
    const lastMs = new Map<number, number>();
    return {
      frame: async (frame) => {
        const { timeMs } = frame;
        const places = placesInFrame(name, frame);
        for (const [index, face] of frame.faces.entries()) {
          const isDue = timeMs - (lastMs.get(face.trackId) ?? -Infinity) >= VIDEO_INTERVAL_MS;
          if (!isDue || !this.#isWanted(face)) continue;
          lastMs.set(face.trackId, timeMs);
          const stem = `${outputStem}_face${face.trackId}_${Math.round(timeMs)}ms`;
          await this.#addRows([await this.#write({ face, place: places[index] as CsvPlace, stem })]);
        }
      },
      end: () => undefined,
      abandon: () => undefined,
    };
  }

  #isWanted({ unsure }: FaceReading): boolean {
    return this.#table !== undefined || !unsure;
  }

  /** Writes a crop's file. @returns its row for the table. */
  async #write({ face, place, stem }: Crop): Promise<string> {
    if (face.crop === undefined) throw new TypeError('A face was read without its crop.');
    const name = `${flatName(stem)}.png`;
    const below = this.#table === undefined ? face.label.replaceAll(UNSAFE, '_') : '';
    await this.#files.write(join(this.#folder, below, name), await toPng(face.crop));
    return csvText([[name, ...csvRow(place, face)]]);
  }

  async #addRows(rows: readonly string[]): Promise<void> {
    await this.#table?.write(rows.join(''));
  }
}

/**
 * Writes every face, aligned as the model sees it but in colour, into a folder.
 *
 * `by-label` makes a subfolder for each label, which is a dataset that `training:fit --data` reads; faces that are unsure
 * are left out of it, and told of at the end. `flat` writes all of them beside `faces.csv`, which says what each is.
 *
 * @param params.folder absolute.
 * @param params.onLeftOut is told at the end how many faces of pictures were too unsure for a label's folder.
 */
export const cropsOutput = async (params: {
  readonly folder: string;
  readonly files: ResultFiles;
  readonly layout: CropLayout;
  readonly labels: readonly string[];
  readonly onLeftOut: (count: number) => void;
}): Promise<Output> => {
  const { folder, files, layout, labels, onLeftOut } = params;
  const table = layout === 'flat' ? await files.grow(join(folder, CROPS_TABLE)) : undefined;
  await table?.write(csvText([['crop', ...csvHeader(labels)]]));
  const writer = new CropWriter({ folder, files, table });
  return {
    picture: (result) => writer.writePicture(result),
    video: (input) => writer.video(input),
    failure: () => undefined,
    end: async () => {
      await table?.finish();
      if (writer.leftOut > 0) onLeftOut(writer.leftOut);
    },
    discard: () => table?.discard(),
  };
};
