import { describeError } from '@mien/contract';
import type { Reading } from '@mien/pipeline';
import { relative } from 'node:path';
import type { Classifier } from '../create-classifier.ts';
import { createStyle, formatReading, type Style } from './format-reading.ts';
import type { Terminal } from './terminal.ts';

/** What became of one picture. */
export type ImageOutcome =
  { readonly image: string; readonly reading: Reading } | { readonly image: string; readonly error: Error };

/**
 * Prints everything as one JSON document, once all is known.
 *
 * @returns true when every picture has a reading.
 */
export const reportJson = async (
  classifier: Classifier,
  pending: readonly Promise<ImageOutcome>[],
  { print }: Terminal,
): Promise<boolean> => {
  const outcomes = await Promise.all(pending);
  const images = outcomes.map((outcome) => {
    if ('reading' in outcome) return outcome;
    const { image, error } = outcome;
    return { image, error: { name: error.name, message: describeError(error) } };
  });
  const { card, device, model: path } = classifier;
  const { name, labels, graph } = card;
  const model = { path, name, labels, sha256: graph.sha256 };
  print(`${JSON.stringify({ model, device, images }, null, 2)}\n`);
  return outcomes.every((outcome) => 'reading' in outcome);
};

const shortPath = (path: string, cwd: string): string => {
  const fromHere = relative(cwd, path);
  return fromHere.startsWith('..') ? path : fromHere;
};

const describeModel = (classifier: Classifier, cwd: string, verbose: boolean, style: Style): string => {
  const { card, device, model, selfTestDifference } = classifier;
  const note = device.note === undefined ? '' : ` (${device.note})`;
  const lines = [
    `Model   ${shortPath(model, cwd)} (${card.name}, ${card.labels.length} labels, trained on ${card.training.dataset.name})`,
    `Device  ${device.provider}${note}`,
    ...(verbose ? [`Check   self-test within ${selfTestDifference.toExponential(1)} of the card`] : []),
  ];
  return `${lines.map((line) => style.dim(line)).join('\n')}\n\n`;
};

/**
 * Prints what is in use, then every picture's bars in the order given, each as soon as it is known; failures go to the
 * error output.
 *
 * @returns true when every picture has a reading.
 */
export const reportForPeople = async (
  classifier: Classifier,
  pending: readonly Promise<ImageOutcome>[],
  { cwd, coloured, verbose, print, printError }: Terminal & { readonly verbose: boolean },
): Promise<boolean> => {
  const style = createStyle(coloured);
  print(describeModel(classifier, cwd, verbose, style));
  let allWell = true;
  for (const one of pending) {
    const outcome = await one;
    if ('reading' in outcome) {
      print(`${formatReading(outcome.image, outcome.reading, style)}\n`);
    } else {
      allWell = false;
      printError(`${describeError(outcome.error, { verbose })}\n`);
    }
  }
  return allWell;
};
