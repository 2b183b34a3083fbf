import type { FaceReading, TrackedFrame } from '@mien/pipeline';
import type { Summary } from './result.ts';

/** Counts what a run comes to. */
export class Tally {
  #pictures = 0;
  #videos = 0;
  #faces = 0;
  #unsureFaces = 0;
  #failed = 0;

  get faces(): number {
    return this.#faces;
  }

  get failed(): number {
    return this.#failed;
  }

  addPicture(faces: readonly FaceReading[]): void {
    this.#pictures += 1;
    this.#faces += faces.length;
    this.#unsureFaces += faces.filter(({ unsure }) => unsure).length;
  }

  addFailure(): void {
    this.#failed += 1;
  }

  /** Counts a video's faces once each; a face is unsure where it was in most of its frames. */
  startVideo(): { addFrame: (frame: TrackedFrame) => void; end: () => void } {
    const frames = new Map<number, { seen: number; unsure: number }>();
    return {
      addFrame: ({ faces }) => {
        for (const { trackId, unsure } of faces) {
          const count = frames.get(trackId) ?? { seen: 0, unsure: 0 };
          frames.set(trackId, { seen: count.seen + 1, unsure: count.unsure + Number(unsure) });
        }
      },
      end: () => {
        this.#videos += 1;
        this.#faces += frames.size;
        this.#unsureFaces += [...frames.values()].filter(({ seen, unsure }) => unsure * 2 > seen).length;
      },
    };
  }

  summary(seconds: number): Summary {
    return {
      pictures: this.#pictures,
      videos: this.#videos,
      faces: this.#faces,
      unsureFaces: this.#unsureFaces,
      failed: this.#failed,
      seconds,
    };
  }
}
