import type { FixtureFace } from './fixture-faces.ts';

/** What every runtime is given. */
export interface ParityTask {
  /** The ONNX file, `NAME.onnx`; its card, `NAME.card.json`, lies beside it. */
  readonly graphFile: string;
  readonly faces: readonly FixtureFace[];
}

/** A runtime that classified every face. */
export interface Ran {
  readonly status: 'ran';
  /** What really ran the graph, as the runtime reports it. */
  readonly provider: string;
  /** One row per face, in the card's order of labels. */
  readonly probabilities: readonly (readonly number[])[];
  /** From picture to reading, one face at a time, mean over all faces, the model being loaded. */
  readonly msPerFace: number;
}

/** A runtime that this machine does not have. */
export interface Missing {
  readonly status: 'missing';
  readonly reason: string;
}

/** A runtime that is here but did not do its work. */
export interface Failed {
  readonly status: 'failed';
  readonly reason: string;
}

/** What came of one runtime. */
export type Outcome = Ran | Missing | Failed;

/** One way to run a graph. */
export interface Runtime {
  readonly id: string;
  /** Never throws: what goes wrong is an outcome. */
  readonly run: (task: ParityTask) => Promise<Outcome>;
}

/** Classifies all faces one by one and takes the time. */
export const classifyAll = async (
  faces: readonly FixtureFace[],
  classify: (
    face: FixtureFace,
  ) => Promise<{ readonly probabilities: readonly { readonly probability: number }[] }>,
): Promise<Pick<Ran, 'probabilities' | 'msPerFace'>> => {
  const probabilities: number[][] = [];
  const start = performance.now();
  for (const face of faces) {
    const reading = await classify(face);
    probabilities.push(reading.probabilities.map(({ probability }) => probability));
  }
  return { probabilities, msPerFace: (performance.now() - start) / faces.length };
};

/** Turns what was thrown into an outcome. */
export const failed = (error: unknown): Failed => ({
  status: 'failed',
  reason: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
});
