/** What a page's scripts find in it, as JSON. Probabilities are in thousandths, boxes in pixels of the picture. */

/** The first of the data. */
export interface PageHead {
  readonly labels: readonly { readonly label: string; readonly colour: string }[];
  readonly modelName: string;
  readonly provider: string;
}

/** One face of a picture. */
export interface PageFace {
  readonly label: string;
  /** In the order of the head's labels, in thousandths. */
  readonly thousandths: readonly number[];
  /** Why it is unsure; empty where it is not. */
  readonly unsure: readonly string[];
  /** Left, top, width, height, in pixels of the picture. */
  readonly box: readonly [number, number, number, number];
  /** In percent. */
  readonly quality: number;
  /** A small picture of it, as a data URI. */
  readonly image: string;
}

/** One picture. */
export interface PagePicture {
  readonly name: string;
  readonly widthPx: number;
  readonly heightPx: number;
  /** A small version, as a data URI. */
  readonly image: string;
  readonly faces: readonly PageFace[];
}

/** A face of a video, for as long as it was followed. */
export interface PageTrack {
  readonly trackId: number;
  /** The face when it was best to see, as a data URI. */
  readonly image: string;
  /** Which of the video's frames it is in. */
  readonly frames: readonly number[];
  /** Its smoothed probabilities in those frames, in thousandths: one list for each label, in the order of the head. */
  readonly thousandths: readonly (readonly number[])[];
  /** Its label in those frames, as a place in the head's labels: not the likeliest where that only just changed. */
  readonly labels: readonly number[];
  /** 1 for each of those frames in which it is unsure. */
  readonly unsure: readonly (0 | 1)[];
  /** Left, top, width and height in each of those frames, one after the other. */
  readonly boxes: readonly number[];
}

/** One video. */
export interface PageVideo {
  readonly name: string;
  readonly widthPx: number;
  readonly heightPx: number;
  /** When each frame was, milliseconds. */
  readonly timesMs: readonly number[];
  readonly tracks: readonly PageTrack[];
  /** Small versions of some frames, as data URIs, in the order of time. */
  readonly stills: readonly { readonly timeMs: number; readonly image: string }[];
}

/** An input that could not be read. */
export interface PageFailure {
  readonly name: string;
  readonly message: string;
}

/** The data by the kind that its script element names. */
export interface PageData {
  readonly head: PageHead;
  readonly picture: PagePicture;
  readonly video: PageVideo;
  readonly failure: PageFailure;
}
