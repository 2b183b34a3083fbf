import { InvalidArgumentError } from 'commander';
import {
  parseBytes,
  parseDivisors,
  parseName,
  parseNumbers,
  parsePrecisions,
  parseRange,
  parseShape,
} from './option-values.ts';

describe('the values of options', () => {
  test.each([
    [parseBytes, '4096', 4096],
    [parseBytes, '1MB', 1e6],
    [parseBytes, '1.5 KiB', 1536],
    [parseRange, '-1..1', { min: -1, max: 1 }],
    [parseRange, '0..0.5', { min: 0, max: 0.5 }],
    [parseNumbers, '0.485, 0.456,-1', [0.485, 0.456, -1]],
    [parseDivisors, '0.229', [0.229]],
    [parseName, 'smile-2.v1', 'smile-2.v1'],
  ])('%p reads %j', (parse, text, value) => {
    expect(parse(text)).toEqual(value);
  });

  test.each([
    [parseBytes, 'much', 'Write a size like 1MB or 4096.'],
    [parseBytes, '3 PB', 'Write a size like 1MB or 4096.'],
    [parseRange, '1..0', 'Write the smaller and the larger number'],
    [parseRange, '1', 'Write the smaller and the larger number'],
    [parseRange, '0..', 'Write the smaller and the larger number'],
    [parseNumbers, '1,,2', 'Write numbers with commas between'],
    [parseDivisors, '1,0', 'They must be above 0.'],
    [parseName, '../smile', 'It must be a file name'],
  ])('%p refuses %j', (parse, text, message) => {
    expect(() => parse(text)).toThrow(InvalidArgumentError);
    expect(() => parse(text)).toThrow(message);
  });

  test('collect shapes of several inputs, and precisions in their order', () => {
    expect(parseShape('a:0=?,3', parseShape('x=', {}))).toEqual({ x: [], 'a:0': [-1, 3] });
    expect(parsePrecisions('int8', parsePrecisions('fp32', undefined))).toEqual(['fp32', 'int8']);
    expect(() => parsePrecisions('fp8', undefined)).toThrow('There are fp32, fp16, int8.');
  });
});
