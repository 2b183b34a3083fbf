import type { FitObserver, RunStart } from '../fit/fit-observer.ts';
import type { EpochRecord } from '../fit/history.ts';
import type { StepProgress } from '../fit/training-observer.ts';
import { describeBackend, describeData, describeModel } from './describe-start.ts';
import { formatBar, formatDuration, formatPercent } from './format-progress.ts';
import { StatusLine, type ProgressOutput } from './status-line.ts';

const BAR_WIDTH = 24;

/** Shows how a run goes: a bar that is redrawn on a terminal, a line now and then elsewhere, a line for each epoch. */
export class ConsoleProgress implements FitObserver {
  readonly #status: StatusLine;
  readonly #now: () => number;
  #startedAt = 0;
  #steps = 0;
  #imagesInEpoch = 0;
  #epochStartedAt = 0;

  /** @param now milliseconds, as `performance.now`. */
  constructor(output: ProgressOutput, now: () => number = () => performance.now()) {
    this.#status = new StatusLine(output, now);
    this.#now = now;
  }

  /** Writes a whole line, above the bar. */
  line(text: string): void {
    this.#status.line(text);
  }

  onDataset({ done, total, what }: { done: number; total: number; what: string }): void {
    this.#status.show(`${what}: ${done} of ${total}`, done === total && total > 0);
  }

  onStart(start: RunStart): void {
    for (const text of describeStart(start)) this.line(text);
    this.#startedAt = this.#now();
    this.#epochStartedAt = this.#startedAt;
    this.#status.rest();
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
    const bar = this.#status.isTerminal ? ` ${formatBar(step / stepsPerEpoch, BAR_WIDTH)}` : '';
    const figures = [
      `epoch ${epoch}/${epochs}${bar} ${step}/${stepsPerEpoch}`,
      ...(loss === undefined ? [] : [`loss ${loss.toFixed(3)}`]),
      ...(accuracy === undefined ? [] : [`accuracy ${formatPercent(accuracy)}`]),
      `${Math.round(rate)} images/s`,
      `ETA ${formatDuration(eta)}`,
    ];
    this.#status.show(figures.join('  '));
  }

  onValidation(epoch: number): void {
    if (this.#status.isTerminal) this.#status.draw(`epoch ${epoch}  looking at the validation images …`);
  }

  onEpoch(record: EpochRecord, isBest: boolean): void {
    this.line(describeEpoch(record, isBest));
    this.#imagesInEpoch = 0;
    this.#epochStartedAt = this.#now();
    this.#status.rest();
  }

  onFinishing(): void {
    this.line('Calibrating, scoring and writing the report …');
  }
}

const describeStart = (start: RunStart): string[] => {
  const { recipe, stepsPerEpoch, folder, isResumed } = start;
  return [
    ...describeData(start),
    ...describeModel(start),
    `Training  up to ${recipe.epochs} epochs of ${stepsPerEpoch} steps, ${recipe.batchSize} images each; ` +
      `${recipe.optimizer}, learning rate ${recipe.learningRate} (${recipe.schedule})`,
    ...describeBackend(start),
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
