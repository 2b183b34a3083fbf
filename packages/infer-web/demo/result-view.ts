import type { Classifier, ModelCard, Reading } from '@mien/infer-web';
import { elementById } from './element.ts';

const percent = (fraction: number): string => `${(fraction * 100).toFixed(1)} %`;

const toBar = (label: string): HTMLLIElement => {
  const item = document.createElement('li');
  const name = document.createElement('span');
  const track = document.createElement('span');
  const fill = document.createElement('div');
  const value = document.createElement('span');
  name.textContent = label;
  track.className = 'track';
  fill.className = 'fill';
  value.className = 'percent';
  track.append(fill);
  item.append(name, track, value);
  return item;
};

/** Draws an empty bar for each label. */
export const showLabels = (labels: readonly string[]): void => {
  elementById('bars', HTMLOListElement).replaceChildren(...labels.map(toBar));
};

/** Says in the place of the headline what the page is doing or waiting for. */
export const showWaiting = (text: string): void => {
  const headline = elementById('headline', HTMLElement);
  headline.textContent = text;
  headline.classList.add('waiting');
};

/** Shows one reading as a headline and bars. */
export const showReading = ({ label, probability, probabilities }: Reading): void => {
  const headline = elementById('headline', HTMLElement);
  headline.textContent = `${label}, ${percent(probability)}`;
  headline.classList.remove('waiting');
  const bars = elementById('bars', HTMLOListElement).children;
  for (const [index, one] of probabilities.entries()) {
    const bar = bars[index] as HTMLLIElement;
    bar.classList.toggle('top', one.label === label);
    (bar.querySelector('.fill') as HTMLElement).style.width = `${one.probability * 100}%`;
    (bar.querySelector('.percent') as HTMLElement).textContent = percent(one.probability);
  }
};

/** Empties the bars, where a picture gave no reading. */
export const clearReading = (): void => {
  for (const bar of elementById('bars', HTMLOListElement).children) {
    bar.classList.remove('top');
    (bar.querySelector('.fill') as HTMLElement).style.width = '0';
    (bar.querySelector('.percent') as HTMLElement).textContent = '';
  }
};

/** Shows an error in the visitor's way, or takes it away. */
export const showError = (message: string | undefined): void => {
  const box = elementById('error', HTMLElement);
  box.hidden = message === undefined;
  box.textContent = message ?? '';
};

const PROVIDERS = { wasm: 'WebAssembly', webgpu: 'WebGPU' } as const;

/** Says what computes, why, and how long the last reading took. */
export const showDevice = ({ provider, note }: Classifier['device'], milliseconds?: number): void => {
  const time = milliseconds === undefined ? '' : `, ${milliseconds.toFixed(1)} ms for this picture`;
  const line = `In use: ${PROVIDERS[provider]}${time}.`;
  elementById('device-in-use', HTMLElement).textContent = note === undefined ? line : `${line} ${note}`;
};

const facts = (card: ModelCard): readonly (readonly [string, string])[] => {
  const { training, graph, input } = card;
  const scores = card.evaluation.map(
    ({ dataset, split, samples, accuracy, macroF1 }): readonly [string, string] => [
      'Accuracy',
      `${percent(accuracy)}, macro-F1 ${macroF1.toFixed(3)}, on ${samples} ${split} faces of ${dataset}`,
    ],
  );
  return [
    ['Name', card.name],
    ['Network', `${training.architecture}, ${training.parameters.toLocaleString('en')} parameters`],
    ['Input', `${input.widthPx}×${input.heightPx} px, ${input.colour}`],
    ['File', `${(graph.bytes / 1e6).toFixed(1)} MB, ${graph.precision}`],
    ...scores,
    ['Trained on', `${training.dataset.name}, ${training.dataset.trainImages.toLocaleString('en')} faces`],
    ['Meant for', card.intendedUse],
    ...card.limits.map((limit): readonly [string, string] => ['Limit', limit]),
  ];
};

/** Lists what the model's card says. */
export const showCard = (card: ModelCard): void => {
  const rows = facts(card).flatMap(([name, value]) => {
    const term = document.createElement('dt');
    const description = document.createElement('dd');
    term.textContent = name;
    description.textContent = value;
    return [term, description];
  });
  elementById('about', HTMLDListElement).replaceChildren(...rows);
};
