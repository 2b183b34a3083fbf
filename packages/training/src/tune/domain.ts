import type { Random } from '@mien/contract';

/** All numbers between two ends. */
export interface NumberRange {
  readonly from: number;
  readonly to: number;
  /** `log` draws each order of magnitude as often as any other; needs ends above 0. */
  readonly scale: 'linear' | 'log';
}

/** What an axis may be set to: single numbers, ranges, or both. */
export type Domain = readonly (number | NumberRange)[];

/** A range beside single numbers is drawn this many times as often as each of them. */
const RANGE_WEIGHT = 4;

const DIGITS = 3;

/** How a domain is written, for messages. */
export const DOMAIN_SYNTAX =
  'numbers (32,64,128), a range (0..0.5), a range by orders of magnitude (0.01..0.3:log), or a list of these (0,1e-5..1e-2:log)';

const parseNumber = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text));

const parseRange = (text: string): NumberRange | undefined => {
  const [ends = '', scale = 'linear', ...rest] = text.split(':');
  const [from, to, ...more] = ends.split('..').map((end) => parseNumber(end));
  if (rest.length > 0 || more.length > 0 || from === undefined || to === undefined) return undefined;
  if (scale !== 'linear' && scale !== 'log') return undefined;
  const isOrdered = Number.isFinite(from) && Number.isFinite(to) && from < to;
  return isOrdered && (scale === 'linear' || from > 0) ? { from, to, scale } : undefined;
};

const parsePart = (text: string): number | NumberRange | undefined => {
  if (text.includes('..')) return parseRange(text);
  const value = parseNumber(text);
  return Number.isFinite(value) ? value : undefined;
};

/** Reads a domain, see {@link DOMAIN_SYNTAX}; undefined where the text is none. */
export const parseDomain = (text: string): Domain | undefined => {
  const parts = text.split(',').map((part) => parsePart(part));
  return parts.every((part) => part !== undefined) ? parts : undefined;
};

/** Writes a domain as {@link parseDomain} reads it. */
export const formatDomain = (domain: Domain): string =>
  domain
    .map((part) =>
      typeof part === 'number'
        ? String(part)
        : `${part.from}..${part.to}${part.scale === 'log' ? ':log' : ''}`,
    )
    .join(',');

/** Tells whether a domain is to be drawn, and charted, by orders of magnitude. */
export const isLogarithmic = (domain: Domain): boolean =>
  domain.some((part) => typeof part !== 'number' && part.scale === 'log');

/** Rounds to three digits: as fine as a search can tell apart, and short enough for a command line. */
export const roundValue = (value: number): number => Number(value.toPrecision(DIGITS));

const drawFromRange = ({ from, to, scale }: NumberRange, random: Random): number => {
  const value =
    scale === 'log' ? Math.exp(random.uniform(Math.log(from), Math.log(to))) : random.uniform(from, to);
  return Math.min(to, Math.max(from, roundValue(value)));
};

/**
 * Draws one value. Single numbers are equally likely; a range beside them is drawn four times as often as each of them,
 * so that `0,1e-5..1e-2:log` is 0 in one of five draws.
 */
export const drawValue = (domain: Domain, random: Random): number => {
  const weights = domain.map((part) => (typeof part === 'number' ? 1 : RANGE_WEIGHT));
  let rest = random.uniform(
    0,
    weights.reduce((sum, weight) => sum + weight, 0),
  );
  const index = weights.findIndex((weight) => (rest -= weight) < 0);
  const part = domain[index] as number | NumberRange;
  return typeof part === 'number' ? part : drawFromRange(part, random);
};
