import type { Random } from '@mien/contract';
import type { InputGeometry } from '@mien/pixels';

/** How strongly a picture is corrupted: 1 mild, 2 plain, 3 severe. */
export type Level = 1 | 2 | 3;

/** One picture as a model takes it. */
export interface Picture {
  /** Bytes in [0, 255], `[heightPx, widthPx, channels]`; read only. */
  readonly pixels: Uint8Array;
  readonly geometry: InputGeometry;
}

/**
 * Gives a corrupted copy of a picture, in new bytes of the same length.
 *
 * @param random the picture's own stream: everything drawn comes from it.
 */
export type Corrupt = (picture: Picture, random: Random) => Uint8Array | Promise<Uint8Array>;

/** One kind of corruption at one strength. */
export interface CorruptionLevel {
  readonly level: Level;
  /** How much of it, with the unit, e.g. `quality 10`. */
  readonly strength: string;
  readonly corrupt: Corrupt;
}

/** One kind of corruption. */
export interface Corruption {
  readonly name: string;
  /** What it stands for, in a sentence. */
  readonly description: string;
  readonly levels: readonly [CorruptionLevel, CorruptionLevel, CorruptionLevel];
}
