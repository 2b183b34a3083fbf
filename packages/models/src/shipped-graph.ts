/** Where a graph of this package and its card lie; the runtimes take it as it is. */
export interface ShippedGraph {
  /** The ONNX file: a `file:` URL in Node, an address of the page's own where a bundler made it an asset. */
  readonly model: URL;
  /** Its card, JSON. */
  readonly card: URL;
}
