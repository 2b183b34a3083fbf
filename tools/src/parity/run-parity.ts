import { compareWithReference, type ParityRow } from './compare.ts';
import { readFixtureFaces } from './fixture-faces.ts';
import type { Runtime } from './runtime.ts';
import { chromiumRuntimes } from './runtimes/chromium.ts';
import { nodeRuntimes } from './runtimes/node.ts';
import { runReference } from './runtimes/tfjs.ts';
import { wasmInNode } from './runtimes/wasm-in-node.ts';

/** Every runtime that is compared with TensorFlow.js. */
export const RUNTIMES: readonly Runtime[] = [...nodeRuntimes, wasmInNode, ...chromiumRuntimes];

/** The parity of one export, as written to `dist/parity.json`. */
export interface ParityReport {
  readonly graphFile: string;
  readonly modelFolder: string;
  readonly reference: { readonly runtime: 'tfjs'; readonly provider: string; readonly msPerFace: number };
  readonly rows: readonly ParityRow[];
}

/**
 * Runs one exported graph on every runtime, one after the other, over the fixture faces, and holds each against the
 * model as it was trained.
 *
 * @param modelFolder the trained model that the export was made from.
 * @param count how many of the fixture faces; the first seven are one of each label.
 * @param onRow called with each row as soon as it is known.
 * @throws {ReferenceModelError} when the trained model cannot be read.
 * @throws {InvalidFixtureError} when the fixture faces cannot.
 */
export const runParity = async ({
  graphFile,
  modelFolder,
  runtimes = RUNTIMES,
  count = Infinity,
  onRow = () => undefined,
}: {
  readonly graphFile: string;
  readonly modelFolder: string;
  readonly runtimes?: readonly Runtime[];
  readonly count?: number;
  readonly onRow?: (row: ParityRow) => void;
}): Promise<ParityReport> => {
  const faces = (await readFixtureFaces()).slice(0, count);
  const reference = await runReference({ modelFolder, graphFile, faces });
  const rows: ParityRow[] = [];
  for (const runtime of runtimes) {
    const row = compareWithReference(runtime.id, await runtime.run({ graphFile, faces }), reference);
    rows.push(row);
    onRow(row);
  }
  const { provider, msPerFace } = reference;
  return { graphFile, modelFolder, reference: { runtime: 'tfjs', provider, msPerFace }, rows };
};
