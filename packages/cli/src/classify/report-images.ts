import { describeError } from '@mien/contract';
import type { Classifier } from '@mien/infer-node';
import type { Reading } from '@mien/pipeline';
import { modelRecord } from '../outputs/json/records.ts';
import type { Screen } from '../terminal/screen.ts';
import type { Style } from '../terminal/style.ts';
import { nameFor } from '../words/name-for.ts';
import { printable } from '../terminal/printable.ts';
import { formatReading } from './format-reading.ts';

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
  outcomes: AsyncIterable<ImageOutcome>,
  screen: Screen,
): Promise<boolean> => {
  const images: object[] = [];
  let allWell = true;
  for await (const outcome of outcomes) {
    if ('reading' in outcome) {
      images.push(outcome);
      continue;
    }
    allWell = false;
    const { image, error } = outcome;
    images.push({ image, error: { name: error.name, message: describeError(error) } });
  }
  await screen.print(`${JSON.stringify({ ...modelRecord(classifier), images }, null, 2)}\n`);
  return allWell;
};

/** How {@link reportForPeople} reports. */
interface Reporting {
  readonly screen: Screen;
  readonly style: Style;
  /** The folder that the person is in. */
  readonly cwd: string;
  readonly verbose: boolean;
}

const describeModel = (classifier: Classifier, { cwd, style, verbose }: Reporting): string => {
  const { card, device, model, selfTestDifference } = classifier;
  const note = device.note === undefined ? '' : ` (${device.note})`;
  const lines = [
    `Model   ${nameFor(model, cwd)} (${card.name}, ${card.labels.length} labels, trained on ${card.training.dataset.name})`,
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
  outcomes: AsyncIterable<ImageOutcome>,
  reporting: Reporting,
): Promise<boolean> => {
  const { screen, style, verbose } = reporting;
  await screen.print(describeModel(classifier, reporting));
  let allWell = true;
  for await (const outcome of outcomes) {
    if ('reading' in outcome) {
      await screen.print(`${formatReading(printable(outcome.image), outcome.reading, style)}\n`);
    } else {
      allWell = false;
      screen.note(describeError(outcome.error, { verbose }));
    }
  }
  return allWell;
};
