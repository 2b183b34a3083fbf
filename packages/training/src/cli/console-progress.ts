import type { FitObserver, RunStart } from '../fit/fit.ts';
import type { EpochRecord } from '../fit/history.ts';
import type { StepProgress } from '../fit/training-observer.ts';
import { formatBar, formatDuration, formatPercent } from './format-progress.ts';

/** Where progress is shown. */
export interface ProgressOutput {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

/** Between two plain lines about steps, where there is no terminal to draw a bar on. */
const PLAIN_INTERVAL_MS = 10_000;
/** Between two drawings of the bar. */
const DRAW_INTERVAL_MS = 100;
const BAR_WIDTH = 24;

const CLEAR_LINE = '\r\u001B[2K';

/** Shows how a run goes: a bar that is redrawn on a terminal, a line now and then elsewhere, a line for each epoch. */
export class ConsoleProgress implements FitObserver {
  readonly #output: ProgressOutput;
  readonly #now: () => number;
  #shownAt = -Infinity;
  #startedAt = 0;
  #steps = 0;
  #imagesInEpoch = 0;
  #epochStartedAt = 0;
  #hasBar = false;

  /** @param now milliseconds, as `performance.now`. */
  constructor(output: ProgressOutput, now: () => number = () => performance.now()) {
    this.#output = output;
    this.#now = now;
  }

  /** Writes a whole line, above the bar. */
  line(text: string): void {
    this.#output.write(`${this.#hasBar ? CLEAR_LINE : ''}${text}\n`);
    this.#hasBar = false;
  }

  onDataset({ done, total, what }: { done: number; total: number; what: string }): void {
    this.#show(`${what}: ${done} of ${total}`, done === total && total > 0);
  }

  onStart(start: RunStart): void {
    for (const text of describeStart(start)) this.line(text);
    this.#startedAt = this.#now();
    this.#epochStartedAt = this.#startedAt;
    this.#shownAt = this.#startedAt;
  }

  onStep(progress: StepProgress): void {
    const { epoch, epochs, step, stepsPerEpoch, batchSize, loss, accuracy } = progress;
    this.#steps += 1;
    this.#imagesInEpoch += batchSize;
    const now = this.#now();
    const done = (epoch - 1) * stepsPerEpoch + step;
    const secondsPerStep = (now - this.#startedAt) / 1000 / this.#steps;
    const eta = secondsPerStep * (epochs * stepsPerEpoch - done);
    const rate = (this.#imagesInEpoch * 1000) / (now - this.#epochStartedAt);
    const bar = this.#output.isTTY === true ? ` ${formatBar(step / stepsPerEpoch, BAR_WIDTH)}` : '';
    const figures = [
      `epoch ${epoch}/${epochs}${bar} ${step}/${stepsPerEpoch}`,
      ...(loss === undefined ? [] : [`loss ${loss.toFixed(3)}`]),
      ...(accuracy === undefined ? [] : [`accuracy ${formatPercent(accuracy)}`]),
      `${Math.round(rate)} images/s`,
      `ETA ${formatDuration(eta)}`,
    ];
    this.#show(figures.join('  '), false);
  }

  onValidation(epoch: number): void {
    if (this.#output.isTTY === true) this.#draw(`epoch ${epoch}  looking at the validation images …`);
  }

  onEpoch(record: EpochRecord, isBest: boolean): void {
    this.line(describeEpoch(record, isBest));
    this.#imagesInEpoch = 0;
    this.#epochStartedAt = this.#now();
    this.#shownAt = this.#epochStartedAt;
  }

  onFinishing(): void {
    this.line('Calibrating, scoring and writing the report …');
  }

  #show(text: string, isLast: boolean): void {
    const isTTY = this.#output.isTTY === true;
    const now = this.#now();
    if (!isLast && now - this.#shownAt < (isTTY ? DRAW_INTERVAL_MS : PLAIN_INTERVAL_MS)) return;
    this.#shownAt = now;
    if (isTTY) this.#draw(text);
    else this.line(text);
  }

  #draw(text: string): void {
    this.#output.write(`${CLEAR_LINE}${text.slice(0, (this.#output.columns ?? 80) - 1)}`);
    this.#hasBar = true;
  }
}

const describeLineage = ({ initial, teachers }: RunStart): string[] => {
  const fresh = (initial?.fresh ?? []).length === 0 ? '' : `; anew: ${initial?.fresh.join(', ')}`;
  return [
    ...(initial === undefined ? [] : [`          starts from ${initial.name}${fresh}`]),
    ...(teachers === undefined ? [] : [`          learns from ${teachers.join(', ')}`]),
  ];
};

const describeStart = (start: RunStart): string[] => {
  const { dataset, backend, recipe, architecture, parameters, stepsPerEpoch, folder, isResumed } = start;
  const { train, validation, test, labels, skipped, duplicatesLeftOut = 0 } = dataset;
  const unusable = skipped.length - duplicatesLeftOut;
  const counts = [`${train.count} for training`, `${validation.count} for validation`];
  if (test !== undefined) counts.push(`${test.count} for testing`);
  return [
    `Data      ${dataset.name}: ${counts.join(', ')}; ${labels.length} classes (${labels.join(', ')})`,
    ...(unusable > 0 ? [`          ${unusable} files skipped, listed in skipped.txt`] : []),
    ...(duplicatesLeftOut > 0
      ? [
          `          ${duplicatesLeftOut} training images left out: they show the same pictures as images that are scored on; ` +
            'listed in skipped.txt (--keep-duplicates trains on them too)',
        ]
      : []),
    `Model     ${architecture}, ${parameters.toLocaleString('en')} parameters`,
    ...describeLineage(start),
    `Training  up to ${recipe.epochs} epochs of ${stepsPerEpoch} steps, ${recipe.batchSize} images each; ` +
      `${recipe.optimizer}, learning rate ${recipe.learningRate} (${recipe.schedule})`,
    `Backend   ${backend.description}`,
    ...backend.reasons.map((reason) => `          ${reason}`),
    `Folder    ${folder}${isResumed ? ' (going on from its checkpoint)' : ''}`,
  ];
};

const describeEpoch = (record: EpochRecord, isBest: boolean): string =>
  [
    `epoch ${record.epoch}`,
    `loss ${record.trainLoss.toFixed(3)}`,
    `accuracy ${formatPercent(record.trainAccuracy)}`,
    `| validation: loss ${record.validationLoss.toFixed(3)}`,
    `accuracy ${formatPercent(record.validationAccuracy)}`,
    `macro-F1 ${record.validationMacroF1.toFixed(3)}`,
    ...(record.validationOwnAccuracy === undefined
      ? []
      : [`own labels ${formatPercent(record.validationOwnAccuracy)}`]),
    `| ${Math.round(record.imagesPerSecond)} images/s`,
    formatDuration(record.seconds),
    ...(isBest ? ['best so far'] : []),
  ].join('  ');
