import { isRecord } from '../read/is-record.ts';
import { NotATfjsModelError, parseWeightGroups } from '../read/model-files.ts';
import {
  readNodes,
  type FunctionDef,
  type GraphModelJson,
  type Nodes,
  type Port,
  type RawNode,
} from './graph-def.ts';
import { readShape } from './node-attributes.ts';
import { parseReference, type Reference } from './reference.ts';
import { structureControlFlow } from './structure/structure-control-flow.ts';

const isRawNode = (value: unknown): value is RawNode =>
  isRecord(value) &&
  typeof value['name'] === 'string' &&
  typeof value['op'] === 'string' &&
  (value['attr'] === undefined || isRecord(value['attr'])) &&
  (value['input'] === undefined ||
    (Array.isArray(value['input']) && value['input'].every((input) => typeof input === 'string')));

const parseNodes = (value: unknown, where: string): Nodes => {
  if (!Array.isArray(value) || !value.every(isRawNode)) {
    throw new NotATfjsModelError(`${where} is not a list of nodes with name and op`);
  }
  return readNodes(value);
};

const named = (value: unknown): string[] =>
  Array.isArray(value) ? value.map((item) => String(isRecord(item) ? item['name'] : item)) : [];

const parseFunction = (value: unknown): FunctionDef => {
  const signature = isRecord(value) ? value['signature'] : undefined;
  if (!isRecord(value) || !isRecord(signature)) throw new NotATfjsModelError('its library is malformed');
  const name = String(signature['name']);
  const nodes = parseNodes(value['nodeDef'] ?? [], `function "${name}"`);
  const results = isRecord(value['ret']) ? value['ret'] : {};
  const outputs = named(signature['outputArg']).map((output) =>
    parseReference(String(results[output]), (node) => nodes.get(node)?.op),
  );
  const parameters = named(signature['inputArg']).map((input): Reference => ({ node: input, output: 0 }));
  return { name, nodes: structureControlFlow(nodes), parameters, outputs };
};

/** Signature keys are often node names with the number of the result. */
const plainName = (name: string): string => name.replace(/:0$/u, '');

const parsePorts = (entries: unknown, nodes: Nodes): Port[] =>
  Object.entries(isRecord(entries) ? entries : {}).flatMap(([key, entry]) => {
    if (!isRecord(entry) || entry['resourceId'] !== undefined || typeof entry['name'] !== 'string') return [];
    const reference = parseReference(entry['name'], (node) => nodes.get(node)?.op);
    return nodes.has(reference.node) ? [{ name: plainName(key), reference }] : [];
  });

const portOf = (node: string): Port => ({ name: node, reference: { node, output: 0 } });

/** Without a signature, every placeholder is an input. */
const inputsOf = (signature: Readonly<Record<string, unknown>>, nodes: Nodes): readonly Port[] => {
  const ports = parsePorts(signature['inputs'], nodes);
  if (ports.length > 0) return ports;
  return [...nodes.values()].filter(({ op }) => op === 'Placeholder').map(({ name }) => portOf(name));
};

/** Without a signature, every result that no node reads is an output. */
const outputsOf = (signature: Readonly<Record<string, unknown>>, nodes: Nodes): readonly Port[] => {
  const ports = parsePorts(signature['outputs'], nodes);
  if (ports.length > 0) return ports;
  const read = new Set([...nodes.values()].flatMap(({ inputs }) => inputs.map(({ node }) => node)));
  return [...nodes.values()]
    .filter(({ name, op }) => !read.has(name) && op !== 'Const' && op !== 'NoOp' && op !== 'Placeholder')
    .map(({ name }) => portOf(name));
};

/** tfjs names outputs by these keys, in the order of the signature, where there are any. */
const withStructuredNames = (outputs: readonly Port[], keys: unknown): readonly Port[] =>
  Array.isArray(keys) && keys.length === outputs.length && new Set(keys).size === keys.length
    ? outputs.map((port, index) => ({ ...port, name: String(keys[index]) }))
    : outputs;

const signatureShapesOf = (
  signature: Readonly<Record<string, unknown>>,
): GraphModelJson['signatureShapes'] => {
  const shapes = new Map<string, readonly number[]>();
  for (const entry of Object.values(isRecord(signature['inputs']) ? signature['inputs'] : {})) {
    const shape = isRecord(entry) ? readShape(entry['tensorShape']) : undefined;
    if (isRecord(entry) && shape !== undefined) shapes.set(plainName(String(entry['name'])), shape);
  }
  return shapes;
};

/**
 * Reads the parsed `model.json` of a GraphModel.
 *
 * @throws {NotATfjsModelError} where it is not one, saying what is missing.
 */
export const parseGraphModel = (json: unknown): GraphModelJson => {
  const topology = isRecord(json) ? json['modelTopology'] : undefined;
  if (!isRecord(json) || !isRecord(topology)) throw new NotATfjsModelError('it has no modelTopology');
  const nodes = parseNodes(topology['node'], 'modelTopology.node');
  const metadata = isRecord(json['userDefinedMetadata']) ? json['userDefinedMetadata'] : {};
  const given = metadata['signature'] ?? json['signature'];
  const signature = isRecord(given) ? given : {};
  const library = isRecord(topology['library']) ? topology['library']['function'] : undefined;
  const functions = Array.isArray(library) ? library.map(parseFunction) : [];
  const initializer = isRecord(json['modelInitializer']) ? json['modelInitializer']['node'] : undefined;
  return {
    nodes: structureControlFlow(nodes),
    functions: new Map(functions.map((definition) => [definition.name, definition])),
    inputs: inputsOf(signature, nodes),
    outputs: withStructuredNames(outputsOf(signature, nodes), metadata['structuredOutputKeys']),
    signatureShapes: signatureShapesOf(signature),
    weightGroups: parseWeightGroups(json),
    initializer: Array.isArray(initializer) ? parseNodes(initializer, 'modelInitializer.node') : undefined,
  };
};
