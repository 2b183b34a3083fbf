/** Where this package keeps its files, seen from this one. */
export const PACKAGE_FILES = {
  /** The trained model: `model.json`, `weights.bin`, `card.json`. */
  source: new URL('../expression/', import.meta.url),
  /** The graphs made of it. */
  graphs: new URL('../onnx/', import.meta.url),
  /** The SHA-256 that each graph must have. */
  hashes: new URL('../onnx.sha256', import.meta.url),
} as const;
