import type { Dim } from './shape.ts';

/**
 * Arithmetic on dimensions that may be symbols. A result that is not a number is a symbol again, spelled the same way
 * wherever it is computed (`49*N`, `ceil(H/2)`, `(N + 1)`), so that equal sizes can be told to be equal.
 */

/** A sum of products: how often each product of symbols occurs, the empty product for what is a plain number. */
type Polynomial = ReadonlyMap<string, number>;

/** Splits at a separator outside parentheses. */
const splitAt = (text: string, separator: string): string[] => {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '(') depth++;
    else if (text[at] === ')') depth--;
    else if (depth === 0 && text.startsWith(separator, at)) {
      parts.push(text.slice(start, at));
      start = at + separator.length;
    }
  }
  return [...parts, text.slice(start)];
};

const isNumber = (factor: string): boolean => /^-?\d+$/u.test(factor);

/** True where the parentheses around a text belong to each other. */
const isWrapped = (text: string): boolean => {
  if (!text.startsWith('(') || !text.endsWith(')')) return false;
  let depth = 0;
  return Array.from(text).every((character, at) => {
    depth += character === '(' ? 1 : character === ')' ? -1 : 0;
    return depth > 0 || at === text.length - 1;
  });
};

const parse = (dim: Dim): Polynomial => {
  if (typeof dim === 'number') return new Map(dim === 0 ? [] : [['', dim]]);
  const terms = new Map<string, number>();
  for (const term of splitAt(isWrapped(dim) ? dim.slice(1, -1) : dim, ' + ')) {
    const factors = splitAt(term, '*');
    const coefficient = factors.filter(isNumber).reduce((product, factor) => product * Number(factor), 1);
    const symbols = factors
      .filter((factor) => !isNumber(factor))
      .sort()
      .join('*');
    terms.set(symbols, (terms.get(symbols) ?? 0) + coefficient);
  }
  return terms;
};

const formatTerm = ([symbols, coefficient]: readonly [string, number]): string => {
  if (symbols === '') return String(coefficient);
  return coefficient === 1 ? symbols : `${coefficient}*${symbols}`;
};

const format = (polynomial: Polynomial): Dim => {
  const terms = [...polynomial].filter(([, coefficient]) => coefficient !== 0);
  const [first] = terms;
  if (first === undefined) return 0;
  if (terms.length === 1) return first[0] === '' ? first[1] : formatTerm(first);
  // Plain numbers come last, as people write them.
  const sorted = terms.toSorted(([one], [other]) =>
    one === '' ? 1 : other === '' ? -1 : one < other ? -1 : 1,
  );
  return `(${sorted.map(formatTerm).join(' + ')})`;
};

const scaled = (polynomial: Polynomial, factor: number): Polynomial =>
  new Map([...polynomial].map(([symbols, coefficient]) => [symbols, coefficient * factor]));

const sum = (one: Polynomial, other: Polynomial): Polynomial => {
  const terms = new Map(one);
  for (const [symbols, coefficient] of other) terms.set(symbols, (terms.get(symbols) ?? 0) + coefficient);
  return terms;
};

/** A product of a number and symbols; a sum counts as one symbol here. */
interface Monomial {
  readonly coefficient: number;
  readonly symbols: readonly string[];
}

const monomialOf = (dim: Dim): Monomial => {
  const polynomial = parse(dim);
  const [first = ['', 0] as const] = polynomial;
  if (polynomial.size > 1) return { coefficient: 1, symbols: [String(dim)] };
  return { coefficient: first[1], symbols: first[0] === '' ? [] : splitAt(first[0], '*') };
};

const fromMonomial = ({ coefficient, symbols }: Monomial): Dim => {
  if (coefficient === 1 && symbols.length === 1) return symbols[0] as string;
  return format(new Map([[[...symbols].sort().join('*'), coefficient]]));
};

/** Multiplies sizes. */
export const multiplyDims = (dims: readonly Dim[]): Dim => {
  const numbers = dims.filter((dim): dim is number => typeof dim === 'number');
  const factors = dims.filter((dim) => typeof dim === 'string').map(monomialOf);
  return fromMonomial({
    coefficient: [...numbers, ...factors.map((factor) => factor.coefficient)].reduce(
      (product, factor) => product * factor,
      1,
    ),
    symbols: factors.flatMap((factor) => factor.symbols),
  });
};

/** Divides a size by another that is a factor of it; `undefined` where it is not seen to be one. */
export const divideDims = (dividend: Dim, divisor: Dim): Dim | undefined => {
  const [one, other] = [monomialOf(dividend), monomialOf(divisor)];
  if (other.coefficient === 0) return undefined;
  const coefficient = one.coefficient / other.coefficient;
  const symbols = [...one.symbols];
  for (const symbol of other.symbols) {
    const at = symbols.indexOf(symbol);
    if (at < 0) return undefined;
    symbols.splice(at, 1);
  }
  return Number.isInteger(coefficient) ? fromMonomial({ coefficient, symbols }) : undefined;
};

/** How many times larger one size is than another of the same symbols; `undefined` where the symbols differ. */
export const ratioOfDims = (one: Dim, other: Dim): number | undefined => {
  const [first, second] = [monomialOf(one), monomialOf(other)];
  if (first.symbols.toSorted().join('*') !== second.symbols.toSorted().join('*')) return undefined;
  return first.coefficient / second.coefficient;
};

/** Adds two sizes. */
export const addDims = (one: Dim, other: Dim): Dim => format(sum(parse(one), parse(other)));

/** Subtracts one size from another. */
export const subtractDims = (one: Dim, other: Dim): Dim => format(sum(parse(one), scaled(parse(other), -1)));

/** A quotient that was rounded: what was divided, and by what. */
const quotientIn = (
  dim: string,
  rounding: string,
): { readonly dividend: string; readonly divisor: number } | undefined => {
  const match = new RegExp(`^${rounding}\\((.+)/(\\d+)\\)$`, 'u').exec(dim);
  return match === null ? undefined : { dividend: match[1] as string, divisor: Number(match[2]) };
};

/** Dividing twice and rounding each time alike is dividing once. */
const rounded = (rounding: 'ceil' | 'floor', dim: Dim, divisor: number): Dim => {
  if (typeof dim === 'number') return Math[rounding](dim / divisor);
  const before = quotientIn(dim, rounding);
  return before === undefined
    ? (divideDims(dim, divisor) ?? `${rounding}(${dim}/${divisor})`)
    : `${rounding}(${before.dividend}/${before.divisor * divisor})`;
};

/** Divides a size by a number and rounds down. */
export const floorDivideDim = (dim: Dim, divisor: number): Dim =>
  divisor === 1 ? dim : rounded('floor', dim, divisor);

/** Divides a size by a number and rounds up. */
export const ceilDivideDim = (dim: Dim, divisor: number): Dim =>
  divisor === 1 ? dim : rounded('ceil', dim, divisor);

/** The size of two that broadcast against each other, by numpy's rule. Two symbols may be equal, or one of them 1. */
export const broadcastDims = (one: Dim, other: Dim): Dim => {
  if (one === 1 || one === other) return other;
  if (other === 1) return one;
  // A symbol against a size above 1 can only be that size, or 1: the result is the size either way.
  if (typeof one === 'number' && typeof other === 'string') return one;
  if (typeof one === 'string' && typeof other === 'number') return other;
  if (typeof one === 'number') throw new RangeError(`${one} does not broadcast against ${other}`);
  const parts = [one, String(other)].flatMap(largestOf);
  return `max(${[...new Set(parts)].sort().join(', ')})`;
};

/** The sizes that a symbol is the largest of. */
const largestOf = (dim: string): readonly string[] => {
  const isLargest = dim.startsWith('max(') && isWrapped(dim.slice('max'.length));
  return isLargest ? splitAt(dim.slice('max('.length, -1), ', ') : [dim];
};
