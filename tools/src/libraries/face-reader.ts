import type { FoundFace } from '../faces/match-faces.ts';

/** A face and the expression that a library names. */
export interface ReadFace extends FoundFace {
  readonly label: string;
}

/** A library that finds faces and reads their expressions, ready to be asked. */
export interface FaceReader {
  /** @param jpeg an encoded photograph; decoding it is part of the work. */
  readonly read: (jpeg: Uint8Array) => Promise<readonly ReadFace[]>;
  readonly close: () => Promise<void>;
}

/** Loads a library and its models. */
export type OpenFaceReader = () => Promise<FaceReader>;
