import type { TrackedFace, TrackedFrame } from '@mien/pipeline';

/** What one face of a video came to. */
export interface FaceSummary {
  readonly trackId: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly frames: number;
  /** The share of its frames in which the face was unsure, in [0, 1]. */
  readonly unsureShare: number;
  /** For each label, the share of its frames that had it on top, the largest first; labels that never were are left out. */
  readonly shares: readonly { readonly label: string; readonly share: number }[];
}

interface Track {
  readonly fromMs: number;
  toMs: number;
  frames: number;
  unsure: number;
  readonly framesByLabel: Map<string, number>;
}

/** Sums a video's faces up, frame by frame. */
export class VideoSummary {
  readonly #tracks = new Map<number, Track>();
  #frames = 0;
  #lastMs = 0;

  get frames(): number {
    return this.#frames;
  }

  /** When the last frame was, milliseconds. */
  get lastMs(): number {
    return this.#lastMs;
  }

  add({ timeMs, faces }: TrackedFrame): void {
    this.#frames += 1;
    this.#lastMs = timeMs;
    for (const face of faces) this.#addFace(timeMs, face);
  }

  /** The faces in the order in which they came. */
  faces(): FaceSummary[] {
    return [...this.#tracks].map(([trackId, { fromMs, toMs, frames, unsure, framesByLabel }]) => ({
      trackId,
      fromMs,
      toMs,
      frames,
      unsureShare: unsure / frames,
      shares: [...framesByLabel]
        .map(([label, count]) => ({ label, share: count / frames }))
        .toSorted((one, other) => other.share - one.share),
    }));
  }

  #addFace(timeMs: number, { trackId, label, unsure }: TrackedFace): void {
    const track = this.#tracks.get(trackId) ?? {
      fromMs: timeMs,
      toMs: timeMs,
      frames: 0,
      unsure: 0,
      framesByLabel: new Map<string, number>(),
    };
    this.#tracks.set(trackId, track);
    track.toMs = timeMs;
    track.frames += 1;
    track.unsure += Number(unsure);
    track.framesByLabel.set(label, (track.framesByLabel.get(label) ?? 0) + 1);
  }
}
