import type { DataType } from '../graph/tensor.ts';
import { isRecord } from '../read/is-record.ts';

/** TensorFlow's element types as tfjs computes with them: one float, one integer. */
const TF_TYPES: Readonly<Record<string, DataType>> = {
  DT_BOOL: 'bool',
  DT_DOUBLE: 'float32',
  DT_FLOAT: 'float32',
  DT_HALF: 'float32',
  DT_INT32: 'int32',
  DT_INT64: 'int32',
  DT_INT8: 'int32',
  DT_STRING: 'string',
  DT_UINT8: 'int32',
};

/** The numbers that old files use for types, in the order of TensorFlow's `DataType`. */
const TYPE_NAMES = [
  'DT_INVALID',
  'DT_FLOAT',
  'DT_DOUBLE',
  'DT_INT32',
  'DT_UINT8',
  'DT_INT16',
  'DT_INT8',
  'DT_STRING',
  'DT_COMPLEX64',
  'DT_INT64',
  'DT_BOOL',
];

/** Reads an element type as it stands in a file: `DT_FLOAT`, or its number. */
export const readType = (type: unknown): DataType | undefined =>
  TF_TYPES[typeof type === 'number' ? (TYPE_NAMES[type] ?? '') : String(type)];

const readNumber = (value: unknown): number => (typeof value === 'number' ? value : Number(value));

/** Reads a text: base64, or a list of character codes in old files. */
const readText = (value: unknown): string => {
  if (Array.isArray(value)) return String.fromCharCode(...(value as number[]));
  return typeof value === 'string' ? atob(value) : '';
};

/** Reads a shape: -1 for a size that is not known, `undefined` where not even the rank is. */
export const readShape = (shape: unknown): readonly number[] | undefined => {
  if (!isRecord(shape) || shape['unknownRank'] === true) return undefined;
  const dims = shape['dim'];
  if (!Array.isArray(dims)) return [];
  return dims.map((dim: unknown) => readNumber(isRecord(dim) ? (dim['size'] ?? 0) : -1));
};

/** A node's settings in the file, with the forms that several versions of the tfjs converter have written. */
export class NodeAttributes {
  constructor(private readonly raw: Readonly<Record<string, unknown>>) {}

  #field(name: string, field: string): unknown {
    const attribute = this.raw[name];
    return isRecord(attribute) ? attribute[field] : undefined;
  }

  #list(name: string, field: string): readonly unknown[] | undefined {
    const list = this.#field(name, 'list');
    const items = isRecord(list) ? list[field] : undefined;
    return Array.isArray(items) ? items : undefined;
  }

  /** An integer or a float. */
  number(name: string, fallback: number): number {
    const value = this.#field(name, 'i') ?? this.#field(name, 'f');
    return value === undefined || value === null ? fallback : readNumber(value);
  }

  /** A list of integers or floats. */
  numbers(name: string, fallback: readonly number[] = []): readonly number[] {
    if (!isRecord(this.raw[name])) return fallback;
    const floats = this.#list(name, 'f');
    const items = floats !== undefined && floats.length > 0 ? floats : this.#list(name, 'i');
    return items?.map(readNumber) ?? [];
  }

  boolean(name: string, fallback = false): boolean {
    const value = this.#field(name, 'b');
    return typeof value === 'boolean' ? value : fallback;
  }

  /** A text, as it is written. */
  text(name: string, fallback: string): string {
    const value = this.#field(name, 's');
    return value === undefined || value === null ? fallback : readText(value);
  }

  /** A list of texts. */
  texts(name: string): readonly string[] {
    return this.#list(name, 's')?.map(readText) ?? [];
  }

  /** An element type; `undefined` where it is not given, or one that tfjs does not compute with. */
  type(name: string): DataType | undefined {
    return readType(this.#field(name, 'type'));
  }

  /** A shape; `undefined` where it is not given or its rank is not known. */
  shape(name: string): readonly number[] | undefined {
    return readShape(this.#field(name, 'shape'));
  }

  /** The name of a function in the model's library. */
  functionName(name: string): string {
    const func = this.#field(name, 'func');
    return isRecord(func) ? String(func['name']) : '';
  }
}
