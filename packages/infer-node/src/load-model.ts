import { GraphMismatchError, MienError, parseModelCard, type ModelCard } from '@mien/contract';
import { expressionModel } from '@mien/models';
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** An ONNX graph: the path or `file:` URL of the file or of the folder that holds `model.onnx`, or its bytes. */
export type ModelSource = string | URL | Uint8Array;

/** A model's card: its path or `file:` URL, or the card itself. */
export type CardSource = string | URL | ModelCard;

/** The model file cannot be read. */
export class ModelNotFoundError extends MienError {
  override readonly name = 'ModelNotFoundError';
  constructor(
    readonly path: string,
    readonly reason: string,
    advice = 'Export one with "npx nx run export:onnx"',
  ) {
    super(`Cannot read the model ${path}: ${reason}. ${advice}.`);
  }
}

/** The model's card cannot be found or read. */
export class ModelCardNotFoundError extends MienError {
  override readonly name = 'ModelCardNotFoundError';
  constructor(
    readonly path: string,
    readonly reason: string,
  ) {
    super(
      `Cannot read the model's card ${path}: ${reason}. ` +
        `Keep the card that the export wrote beside the graph, or pass it as "card".`,
    );
  }
}

/** A graph and its card, known to belong together. */
export interface LoadedModel {
  /** What messages call it: its path, or how many bytes were passed. */
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly card: ModelCard;
}

const reasonOf = (error: unknown): string => {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' ? 'there is no such file' : message;
};

const pathOf = (source: string | URL): string =>
  typeof source === 'string' ? source : fileURLToPath(source);

const adviceFor = (path: string): string | undefined =>
  path === fileURLToPath(expressionModel.fp32.model)
    ? 'It ships with Mien; in a working copy "npx nx run models:onnx" makes it'
    : undefined;

const readGraph = async (path: string): Promise<{ path: string; bytes: Uint8Array }> => {
  try {
    const file = (await stat(path)).isDirectory() ? join(path, 'model.onnx') : path;
    return { path: file, bytes: await readFile(file) };
  } catch (error) {
    throw new ModelNotFoundError(path, reasonOf(error), adviceFor(path));
  }
};

const readCard = async (path: string): Promise<ModelCard> => {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new ModelCardNotFoundError(path, reasonOf(error));
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  return parseModelCard(json, path);
};

const resolveCard = (source: CardSource | undefined, graphPath: string | undefined): Promise<ModelCard> => {
  if (typeof source === 'string' || source instanceof URL) return readCard(pathOf(source));
  if (source !== undefined) return Promise.resolve().then(() => parseModelCard(source));
  if (graphPath === undefined)
    throw new ModelCardNotFoundError('(none)', 'a model passed as bytes has no card beside it');
  return readCard(graphPath.replace(/(?:\.onnx)?$/u, '.card.json'));
};

/**
 * Reads a graph and its card and checks that they belong together.
 *
 * @param model by default the one that ships with Mien.
 * @param card by default `NAME.card.json` beside `NAME.onnx`.
 * @throws {ModelNotFoundError} when the graph cannot be read.
 * @throws {ModelCardNotFoundError} when the card cannot.
 * @throws {InvalidModelCardError} when the card does not follow the schema.
 * @throws {GraphMismatchError} when the graph's SHA-256 is not the card's.
 */
export const loadModel = async ({
  model = expressionModel.fp32.model,
  card: cardSource,
}: {
  readonly model?: ModelSource | undefined;
  readonly card?: CardSource | undefined;
}): Promise<LoadedModel> => {
  const { path, bytes } =
    model instanceof Uint8Array ? { path: undefined, bytes: model } : await readGraph(pathOf(model));
  const name = path ?? `The model of ${bytes.byteLength} bytes`;
  const card = await resolveCard(cardSource, path);
  const actual = createHash('sha256').update(bytes).digest('hex');
  if (actual !== card.graph.sha256) throw new GraphMismatchError(name, card.graph.sha256, actual);
  return { name, bytes, card };
};
