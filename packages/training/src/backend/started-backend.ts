/** A backend that has just become TensorFlow.js's current one. */
export interface StartedBackend {
  /** What runs, in words: library and version, adapter, threads. */
  readonly description: string;
}
