import type { ModelCard } from '@mien/contract';
import type { Frame, Reading } from '@mien/pipeline';
import type { DeviceInUse } from './runtime/runner.ts';

/** One cropped face, as browsers hand out pictures: encoded, decoded, drawn, or as raw pixels. */
export type FaceImage =
  Blob | ImageBitmap | HTMLImageElement | HTMLCanvasElement | OffscreenCanvas | ImageData | Frame;

/** A loaded model, ready to classify. */
export interface Classifier extends AsyncDisposable {
  readonly card: ModelCard;
  /** Read it again after a reading: a device that fails on the way is replaced by WebAssembly. */
  readonly device: DeviceInUse;
  /**
   * Classifies one cropped face of any size; nothing leaves the machine. The picture is only read.
   *
   * Calls may overlap; they run one after the other.
   *
   * @throws {UndecodableImageError} when the picture cannot be decoded.
   * @throws {UnreadableImageError} when the browser hides the pixels of a picture from another origin.
   * @throws {InvalidFrameError} when a frame's bytes do not match its size.
   * @throws {ClosedClassifierError} after {@link close}.
   */
  classify(image: FaceImage): Promise<Reading>;
  /** Waits for readings under way, then frees the model and the device. May be called again. */
  close(): Promise<void>;
}
