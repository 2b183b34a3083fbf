import type { RunStart } from '../fit/fit-observer.ts';
import type { EpochRecord } from '../fit/history.ts';
import type { StepProgress } from '../fit/training-observer.ts';
import type { SearchObserver, SearchPlan, SearchState, TrialTurn } from '../tune/search-observer.ts';
import { formatDomain } from '../tune/domain.ts';
import { describeBackend, describeData, describeModel } from './describe-start.ts';
import { describeFigures, describeValues } from './describe-trial.ts';
import { formatBar, formatDuration } from './format-progress.ts';
import { StatusLine, type ProgressOutput } from './status-line.ts';

const BAR_WIDTH = 16;

const describePlan = ({ folder, trials, rungs, space, metric, epochsDone }: SearchPlan): string[] => [
  `Search    ${trials.length} trials, ranked by ${metric} on the validation images: ` +
    rungs.map(({ epochs, trials: count }) => `${count} × ${epochs} epochs`).join(' → '),
  ...space.map(
    ({ axis, domain }, index) =>
      `${(index === 0 ? 'Space' : '').padEnd(10)}${axis.name} (${axis.label}) ${formatDomain(domain)}`,
  ),
  `Folder    ${folder}${epochsDone === 0 ? '' : ` (going on; ${epochsDone} epochs are done)`}`,
];

/** Shows how a search goes: a line for each trial's turn, and how far the trial in progress is. */
export class SearchProgress implements SearchObserver {
  readonly #status: StatusLine;
  readonly #now: () => number;
  #plan: SearchPlan | undefined;
  #turn: TrialTurn | undefined;
  #isStarted = false;
  #turnStartedAt = 0;
  #epochsTrained = 0;
  #secondsTrained = 0;

  /** @param now milliseconds, as `performance.now`. */
  constructor(output: ProgressOutput, now: () => number = () => performance.now()) {
    this.#status = new StatusLine(output, now);
    this.#now = now;
  }

  /** Writes a whole line, above the bar. */
  line(text: string): void {
    this.#status.line(text);
  }

  onPlan(plan: SearchPlan): void {
    this.#plan = plan;
    for (const text of describePlan(plan)) this.line(text);
  }

  onTurn(turn: TrialTurn): void {
    this.#turn = turn;
    this.#turnStartedAt = this.#now();
  }

  onDataset({ done, total, what }: { done: number; total: number; what: string }): void {
    if (!this.#isStarted) this.#status.show(`${what}: ${done} of ${total}`, done === total && total > 0);
  }

  onStart(start: RunStart): void {
    if (this.#isStarted) return;
    this.#isStarted = true;
    const lines = [...describeData(start), ...describeModel(start), ...describeBackend(start)];
    for (const text of lines) this.line(text);
    this.#status.rest();
  }

  onStep({ epoch, step, stepsPerEpoch, loss }: StepProgress): void {
    const until = this.#rungEpochs();
    const bar = this.#status.isTerminal
      ? ` ${formatBar((epoch - 1 + step / stepsPerEpoch) / until, BAR_WIDTH)}`
      : '';
    const figures = [
      `${this.#heading()}  epoch ${epoch}/${until}${bar} ${step}/${stepsPerEpoch}`,
      ...(loss === undefined ? [] : [`loss ${loss.toFixed(3)}`]),
      ...this.#eta(),
    ];
    this.#status.show(figures.join('  '));
  }

  onEpoch({ seconds }: EpochRecord): void {
    this.#epochsTrained += 1;
    this.#secondsTrained += seconds;
  }

  onState({ rows, space }: SearchState, turn: TrialTurn | undefined): void {
    const row = rows.find(({ trial }) => trial === turn?.trial.number);
    if (turn === undefined || row === undefined) return;
    const parts = [
      this.#heading(),
      `${row.epochs} epochs`,
      describeFigures(row),
      describeValues(space, row.values),
      formatDuration((this.#now() - this.#turnStartedAt) / 1000),
      ...(row.rank === 1 ? ['first'] : []),
    ];
    this.line(parts.join('  '));
    this.#status.rest();
  }

  #heading(): string {
    const count = this.#plan?.trials.length ?? 0;
    const number = String(this.#turn?.trial.number ?? 0).padStart(String(count).length);
    return `rung ${(this.#turn?.rung ?? 0) + 1}/${this.#plan?.rungs.length ?? 0}  trial ${number}/${count}`;
  }

  #rungEpochs(): number {
    return this.#plan?.rungs[this.#turn?.rung ?? 0]?.epochs ?? 1;
  }

  /** What all rungs still need at the pace so far; nothing before the first epoch is over. */
  #eta(): string[] {
    if (this.#plan === undefined || this.#epochsTrained === 0) return [];
    const { rungs, epochsDone } = this.#plan;
    const total = rungs.reduce(
      (sum, { epochs, trials }, index) => sum + trials * (epochs - (rungs[index - 1]?.epochs ?? 0)),
      0,
    );
    const left = Math.max(0, total - epochsDone - this.#epochsTrained);
    return [`ETA ${formatDuration((left * this.#secondsTrained) / this.#epochsTrained)}`];
  }
}
