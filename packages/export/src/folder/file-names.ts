import type { Precision } from '@mien/contract';

/** The files of one graph. */
export interface GraphFiles {
  readonly graph: string;
  /** Says what the graph is; runtimes look for it beside the graph, under this name. */
  readonly card: string;
}

/** What the files of a graph are called: `model.onnx` in float32, `model.fp16.onnx` and `model.int8.onnx` otherwise. */
export const fileNames = (precision: Precision, name = 'model'): GraphFiles => {
  const stem = precision === 'fp32' ? name : `${name}.${precision}`;
  return { graph: `${stem}.onnx`, card: `${stem}.card.json` };
};
