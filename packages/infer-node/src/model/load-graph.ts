import { GraphMismatchError, MienError } from '@mien/contract';
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** An ONNX graph: the path or `file:` URL of the file or of the folder that holds `model.onnx`, or its bytes. */
export type ModelSource = string | URL | Uint8Array;

/** What every card says of its graph. */
interface CardOfGraph {
  readonly graph: { readonly sha256: string };
}

/** The model file cannot be read. */
export class ModelNotFoundError extends MienError {
  override readonly name = 'ModelNotFoundError';
  constructor(
    readonly path: string,
    readonly reason: string,
    advice: string,
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
export interface LoadedGraph<Card> {
  /** What messages call it: its path, or how many bytes were passed. */
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly card: Card;
}

/** A kind of graph: how its card is read, and what ships with Mien. */
export interface GraphKind<Card> {
  readonly parseCard: (json: unknown, source?: string) => Card;
  /** The graph to take where none is named. */
  readonly shipped: URL;
  /** What to do where there is no graph at a path that the caller named. */
  readonly advice: string;
}

const reasonOf = (error: unknown): string => {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' ? 'there is no such file' : message;
};

const pathOf = (source: string | URL): string =>
  typeof source === 'string' ? source : fileURLToPath(source);

const readGraph = async (path: string, advice: string): Promise<{ path: string; bytes: Uint8Array }> => {
  try {
    const file = (await stat(path)).isDirectory() ? join(path, 'model.onnx') : path;
    return { path: file, bytes: await readFile(file) };
  } catch (error) {
    throw new ModelNotFoundError(path, reasonOf(error), advice);
  }
};

const readCard = async <Card>(path: string, { parseCard }: GraphKind<Card>): Promise<Card> => {
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
  return parseCard(json, path);
};

const resolveCard = async <Card>(
  source: string | URL | Card | undefined,
  graphPath: string | undefined,
  kind: GraphKind<Card>,
): Promise<Card> => {
  if (typeof source === 'string' || source instanceof URL) return readCard(pathOf(source), kind);
  if (source !== undefined) return kind.parseCard(source);
  if (graphPath === undefined)
    throw new ModelCardNotFoundError('(none)', 'a model passed as bytes has no card beside it');
  return readCard(graphPath.replace(/(?:\.onnx)?$/u, '.card.json'), kind);
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
export const loadGraph = async <Card extends CardOfGraph>(
  kind: GraphKind<Card>,
  {
    model = kind.shipped,
    card: cardSource,
  }: { readonly model?: ModelSource | undefined; readonly card?: string | URL | Card | undefined },
): Promise<LoadedGraph<Card>> => {
  const advice =
    model === kind.shipped
      ? 'It ships with Mien; in a working copy "npx nx run models:onnx" makes it'
      : kind.advice;
  const { path, bytes } =
    model instanceof Uint8Array ? { path: undefined, bytes: model } : await readGraph(pathOf(model), advice);
  const name = path ?? `The model of ${bytes.byteLength} bytes`;
  const card = await resolveCard(cardSource, path, kind);
  const actual = createHash('sha256').update(bytes).digest('hex');
  if (actual !== card.graph.sha256) throw new GraphMismatchError(name, card.graph.sha256, actual);
  return { name, bytes, card };
};
