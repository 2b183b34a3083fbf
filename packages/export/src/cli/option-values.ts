import type { Precision } from '@mien/contract';
import { InvalidArgumentError } from 'commander';
import type { InputShapes } from '../graph-model/declare-inputs.ts';
import type { Extreme } from '../precision/observe-values.ts';
import { IR_VERSIONS } from '../write/lower-opset.ts';

/** The values of options, read from their text; what cannot be read is refused by commander, with the option's name. */

const PRECISIONS: readonly Precision[] = ['fp32', 'fp16', 'int8'];

/** `fp32,int8`: precisions in the order in which they are made, whatever the order given. */
export const parsePrecisions = (text: string, before: readonly Precision[] | undefined): Precision[] => {
  const wanted = text.split(',').map((name) => name.trim());
  const unknown = wanted.find((name) => !PRECISIONS.some((precision) => precision === name));
  if (unknown !== undefined) throw new InvalidArgumentError(`There are ${PRECISIONS.join(', ')}.`);
  return PRECISIONS.filter((precision) => wanted.includes(precision) || before?.includes(precision) === true);
};

/** `2` */
export const parseCount = (text: string): number => {
  if (!/^\d+$/u.test(text)) throw new InvalidArgumentError('It must be a whole number, 0 or more.');
  return Number(text);
};

/** `0.005` */
export const parseShare = (text: string): number => {
  const value = Number(text);
  if (!(value > 0 && value < 1)) throw new InvalidArgumentError('It must lie between 0 and 1, e.g. 0.005.');
  return value;
};

/** `18` */
export const parseOpset = (text: string): number => {
  const number = Number(text);
  if (!Object.hasOwn(IR_VERSIONS, number)) {
    throw new InvalidArgumentError(`Give one of ${Object.keys(IR_VERSIONS).join(', ')}.`);
  }
  return number;
};

/** `name=1,?,?,3`: the sizes of an input, question marks for open ones. */
export const parseShape = (text: string, known: InputShapes = {}): InputShapes => {
  const at = text.lastIndexOf('=');
  const written = text.slice(at + 1).trim();
  const sizes =
    written === '' ? [] : written.split(',').map((size) => (size.trim() === '?' ? -1 : Number(size)));
  if (at < 1 || !sizes.every((size) => Number.isInteger(size) && size >= -1)) {
    throw new InvalidArgumentError('Write it like pixels=?,224,224,3.');
  }
  return { ...known, [text.slice(0, at)]: sizes };
};

const isNumber = (text: string | undefined): boolean =>
  text !== undefined && text.trim() !== '' && Number.isFinite(Number(text));

/** `-1..1` */
export const parseRange = (text: string): Extreme => {
  const ends = text.split('..');
  const [min, max] = ends.map(Number) as [number, number];
  if (ends.length !== 2 || !ends.every(isNumber) || min >= max) {
    throw new InvalidArgumentError('Write the smaller and the larger number like 0..1 or -1..1.');
  }
  return { min, max };
};

/** `0.485,0.456,0.406` */
export const parseNumbers = (text: string): number[] => {
  const numbers = text.split(',');
  if (!numbers.every(isNumber))
    throw new InvalidArgumentError('Write numbers with commas between, e.g. 0.485,0.456,0.406.');
  return numbers.map(Number);
};

/** As {@link parseNumbers}, for what is divided by. */
export const parseDivisors = (text: string): number[] => {
  const numbers = parseNumbers(text);
  if (numbers.some((number) => number <= 0)) throw new InvalidArgumentError('They must be above 0.');
  return numbers;
};

const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  B: 1,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  KIB: 2 ** 10,
  MIB: 2 ** 20,
  GIB: 2 ** 30,
};

/** `1MB` */
export const parseBytes = (text: string): number => {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?) ?([a-z]*)$/iu.exec(text.trim()) ?? [];
  const factor = UNITS[unit.toUpperCase()];
  if (number === undefined || factor === undefined)
    throw new InvalidArgumentError('Write a size like 1MB or 4096.');
  return Math.round(Number(number) * factor);
};

/** `smile`: what files or folders are called. */
export const parseName = (name: string): string => {
  if (/^[\w.-]*\w$/u.test(name)) return name;
  throw new InvalidArgumentError('It must be a file name of letters, digits, ".", "_" and "-".');
};
