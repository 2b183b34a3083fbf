import type { Frame, TrackedFace } from '@mien/pipeline';
import type { VideoFrame } from '../../run/result.ts';
import type { PageTrack, PageVideo } from './page-data.ts';
import { faceImage } from './page-images.ts';
import { toThousandths } from './to-thousandths.ts';

interface Track {
  readonly trackId: number;
  readonly frames: number[];
  readonly thousandths: number[][];
  readonly labels: number[];
  readonly unsure: (0 | 1)[];
  readonly boxes: number[];
  best: { readonly worth: number; readonly crop: Frame } | undefined;
}

/** Takes down a video's faces frame by frame, in the form that the page has them. */
export class VideoRecording {
  readonly #labels: readonly string[];
  readonly #timesMs: number[] = [];
  readonly #tracks = new Map<number, Track>();
  #size = { widthPx: 0, heightPx: 0 };

  constructor(labels: readonly string[]) {
    this.#labels = labels;
  }

  /** How many there are. */
  get frames(): number {
    return this.#timesMs.length;
  }

  /** When the last frame was, milliseconds; 0 before there is one. */
  get endMs(): number {
    return this.#timesMs.at(-1) ?? 0;
  }

  add({ index, timeMs, widthPx, heightPx, faces }: VideoFrame): void {
    this.#timesMs.push(Math.round(timeMs));
    this.#size = { widthPx, heightPx };
    for (const face of faces) this.#addFace(index, face);
  }

  /** The video as the page has it. */
  async toPage(name: string, stills: PageVideo['stills']): Promise<PageVideo> {
    const tracks: PageTrack[] = [];
    for (const { best, ...track } of this.#tracks.values())
      tracks.push({ ...track, image: best === undefined ? '' : await faceImage(best.crop) });
    return { name, ...this.#size, timesMs: this.#timesMs, tracks, stills };
  }

  #addFace(frame: number, face: TrackedFace): void {
    const { trackId, box, unsure, quality, crop } = face;
    const track = this.#tracks.get(trackId) ?? this.#newTrack(trackId);
    track.frames.push(frame);
    for (const [label, value] of toThousandths(face).entries()) track.thousandths[label]?.push(value);
    track.labels.push(this.#labels.indexOf(face.label));
    track.unsure.push(unsure ? 1 : 0);
    track.boxes.push(...[box.leftPx, box.topPx, box.widthPx, box.heightPx].map((value) => Math.round(value)));
    const worth = quality.score * quality.sizePx;
    if (crop !== undefined && worth > (track.best?.worth ?? -1)) track.best = { worth, crop };
  }

  #newTrack(trackId: number): Track {
    const track: Track = {
      trackId,
      frames: [],
      thousandths: this.#labels.map(() => []),
      labels: [],
      unsure: [],
      boxes: [],
      best: undefined,
    };
    this.#tracks.set(trackId, track);
    return track;
  }
}
