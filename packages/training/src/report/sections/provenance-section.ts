import type { TrainedModelCard } from '@mien/contract';
import { formatCount, formatDuration } from '../format-figures.ts';
import { html, type Html } from '../html.ts';

type Entry = readonly [name: string, value: string];

/** Lists settings one by one, nested ones under dotted names. */
const flattened = (settings: Readonly<Record<string, unknown>>, prefix = ''): Entry[] =>
  Object.entries(settings).flatMap(([name, value]): Entry[] =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? flattened(value as Record<string, unknown>, `${prefix}${name}.`)
      : [[`${prefix}${name}`, typeof value === 'string' ? value : JSON.stringify(value)]],
  );

const table = (heading: string, entries: readonly Entry[]): Html =>
  html`<div>
    <h3>${heading}</h3>
    <table class="list facts">
      <tbody>
        ${entries.map(
          ([name, value]) =>
            html`<tr>
              <th scope="row">${name}</th>
              <td>${value}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;

/** Where the model comes from: data, recipe, environment, and what it is meant for. */
export const provenanceSection = (card: TrainedModelCard): Html => {
  const { training, input, licence } = card;
  const { dataset } = training;
  const data: Entry[] = [
    ['trained on', `${dataset.name} (${dataset.kind})`],
    ['training images', formatCount(dataset.trainImages)],
    ['validation images', formatCount(dataset.validationImages)],
    ...(training.excluded === undefined
      ? []
      : [['left out of training', formatCount(training.excluded)] as const]),
    ['fingerprint', dataset.fingerprint.slice(0, 16)],
    ['classes', card.labels.join(', ')],
    ['input', `${input.widthPx}×${input.heightPx} px, ${input.colour}`],
    ['licence of the data', licence.data],
    ['licence of the weights', licence.weights],
  ];
  const environment: Entry[] = [
    ['backend', training.backend],
    ['seed', String(training.seed)],
    ['epochs', String(training.epochs)],
    ['time', formatDuration(training.seconds)],
    ['finished', training.finishedAt],
    ...Object.entries(training.packages),
  ];
  return html`<section>
      <h2>How it was made</h2>
      <div class="grid">
        <div>${table('Data', data)}${table('Environment', environment)}</div>
        ${table('Recipe', flattened(training.recipe))}
      </div>
    </section>
    <section>
      <h2>Use and limits</h2>
      <p>${card.intendedUse}</p>
      <ul>
        ${card.limits.map((limit) => html`<li>${limit}</li>`)}
      </ul>
    </section>`;
};
