import type { Dim } from './shape.ts';

/**
 * Arithmetic on dimensions that may be symbols. A result that is not a number is a symbol again, spelled the same way
 * wherever it is computed (`49*N`, `ceil(H/2)`), so that equal sizes can be told to be equal.
 */

/** A product of a number and symbols, which is what most sizes are. */
interface Monomial {
  readonly coefficient: number;
  readonly symbols: readonly string[];
}

/** Splits at `*` outside parentheses. */
const factorsOf = (text: string): string[] => {
  const factors: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '(') depth++;
    else if (text[at] === ')') depth--;
    else if (text[at] === '*' && depth === 0) {
      factors.push(text.slice(start, at));
      start = at + 1;
    }
  }
  return [...factors, text.slice(start)];
};

const parse = (dim: Dim): Monomial => {
  if (typeof dim === 'number') return { coefficient: dim, symbols: [] };
  const factors = factorsOf(dim);
  const isNumber = (factor: string): boolean => /^\d+$/u.test(factor);
  return {
    coefficient: factors.filter(isNumber).reduce((product, factor) => product * Number(factor), 1),
    symbols: factors.filter((factor) => !isNumber(factor)),
  };
};

const format = ({ coefficient, symbols }: Monomial): Dim => {
  if (symbols.length === 0 || coefficient === 0) return coefficient;
  const sorted = [...symbols].sort();
  return [...(coefficient === 1 ? [] : [String(coefficient)]), ...sorted].join('*');
};

/** Multiplies sizes. */
export const multiplyDims = (dims: readonly Dim[]): Dim => {
  const factors = dims.map(parse);
  return format({
    coefficient: factors.reduce((product, factor) => product * factor.coefficient, 1),
    symbols: factors.flatMap((factor) => factor.symbols),
  });
};

/** Divides a size by another that is a factor of it; `undefined` where it is not seen to be one. */
export const divideDims = (dividend: Dim, divisor: Dim): Dim | undefined => {
  const [one, other] = [parse(dividend), parse(divisor)];
  if (other.coefficient === 0) return undefined;
  const coefficient = one.coefficient / other.coefficient;
  const symbols = [...one.symbols];
  for (const symbol of other.symbols) {
    const at = symbols.indexOf(symbol);
    if (at < 0) return undefined;
    symbols.splice(at, 1);
  }
  return Number.isInteger(coefficient) ? format({ coefficient, symbols }) : undefined;
};

/** How many times larger one size is than another of the same symbols; `undefined` where the symbols differ. */
export const ratioOfDims = (one: Dim, other: Dim): number | undefined => {
  const [first, second] = [parse(one), parse(other)];
  if (first.symbols.toSorted().join('*') !== second.symbols.toSorted().join('*')) return undefined;
  return first.coefficient / second.coefficient;
};

/** A symbol and a number added to it, as `addDims` spells it. */
const splitOffset = (dim: string): { readonly base: string; readonly offset: number } => {
  const match = /^\((.+)([+-]\d+)\)$/u.exec(dim);
  return match === null ? { base: dim, offset: 0 } : { base: match[1] as string, offset: Number(match[2]) };
};

const addNumber = (symbol: string, number: number): Dim => {
  const { base, offset } = splitOffset(symbol);
  const sum = offset + number;
  return sum === 0 ? base : `(${base}${sum < 0 ? '' : '+'}${sum})`;
};

/** Adds two sizes. */
export const addDims = (one: Dim, other: Dim): Dim => {
  if (typeof one === 'number' && typeof other === 'number') return one + other;
  if (typeof one === 'number') return addNumber(other as string, one);
  if (typeof other === 'number') return addNumber(one, other);
  const [first, second] = [parse(one), parse(other)];
  if (first.symbols.toSorted().join('*') === second.symbols.toSorted().join('*')) {
    return format({ ...first, coefficient: first.coefficient + second.coefficient });
  }
  return `(${[one, other].sort().join(' + ')})`;
};

/** Subtracts one size from another. */
export const subtractDims = (one: Dim, other: Dim): Dim => {
  if (one === other) return 0;
  if (typeof other === 'number') return addDims(one, -other);
  if (typeof one === 'string') {
    const [first, second] = [splitOffset(one), splitOffset(other)];
    if (first.base === second.base) return first.offset - second.offset;
  }
  return `(${one} - ${other})`;
};

/** Divides a size by a number and rounds down. */
export const floorDivideDim = (dim: Dim, divisor: number): Dim =>
  typeof dim === 'number'
    ? Math.floor(dim / divisor)
    : (divideDims(dim, divisor) ?? `floor(${dim}/${divisor})`);

/** Divides a size by a number and rounds up. */
export const ceilDivideDim = (dim: Dim, divisor: number): Dim =>
  typeof dim === 'number' ? Math.ceil(dim / divisor) : (divideDims(dim, divisor) ?? `ceil(${dim}/${divisor})`);

/** The size of two that broadcast against each other, by numpy's rule. Two symbols may be equal, or one of them 1. */
export const broadcastDims = (one: Dim, other: Dim): Dim => {
  if (one === 1 || one === other) return other;
  if (other === 1) return one;
  // A symbol against a size above 1 can only be that size, or 1: the result is the size either way.
  if (typeof one === 'number' && typeof other === 'string') return one;
  if (typeof one === 'string' && typeof other === 'number') return other;
  if (typeof one === 'number') throw new RangeError(`${one} does not broadcast against ${other}`);
  return `max(${[one, String(other)].sort().join(', ')})`;
};
