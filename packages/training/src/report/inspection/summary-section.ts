import { formatCount, formatPercent } from '../format-figures.ts';
import { html, type Html } from '../html.ts';
import type { InspectionContent } from './inspection-content.ts';

const figure = (name: string, value: string, meaning: string): Html =>
  html`<div class="figure">
    <dt>${name}</dt>
    <dd class="value">${value}</dd>
    <dd class="meaning">${meaning}</dd>
  </div>`;

/** The head of the page: the key figures, and what was found with a line of advice for each. */
export const summarySection = ({ inspection, problems }: InspectionContent): Html => {
  const { name, labels, balance, leaks, groups, agreement } = inspection;
  const images = balance.reduce((sum, split) => sum + split.images, 0);
  const training = balance.find(({ split }) => split === 'train')?.images ?? 0;
  const leaking = leaks.filter(({ image }) => image.split === 'train').length;
  const spare = groups.reduce((sum, group) => sum + group.images.length - 1, 0);
  const splits = balance.map(({ split, images: count }) => `${formatCount(count)} ${split}`).join(', ');
  return html`<header>
      <h1>${name}</h1>
      <p class="lead">
        <b>${formatCount(images)}</b> images of <b>${labels.length}</b> classes (${labels.join(', ')}):
        ${splits}.
      </p>
      <dl class="figures">
        ${figure(
          'Leaking images',
          formatCount(leaking),
          `${formatPercent(leaking / Math.max(1, training), 1)} of the training images show a picture that is scored on.`,
        )}
        ${figure(
          'Spare copies',
          formatCount(spare),
          `${formatPercent(spare / Math.max(1, images), 1)} of all images repeat a picture that is there already.`,
        )}
        ${
          agreement === undefined
            ? figure(
                'Copies that conflict',
                formatCount(groups.filter(({ isConflict }) => isConflict).length),
                'Pictures whose copies have different labels.',
              )
            : figure(
                'Label agreement',
                formatPercent(agreement.agreement),
                'Share of images whose own label is what most taggers said.',
              )
        }
        ${figure(
          'Imbalance',
          `${(balance[0]?.imbalance ?? 1).toFixed(1)} : 1`,
          'The commonest class of the training images against the rarest.',
        )}
      </dl>
    </header>
    <section>
      <h2>What to do</h2>
      ${
        problems.length === 0
          ? html`<p>Nothing was found that would need doing.</p>`
          : html`<ul class="advice">
              ${problems.map(
                ({ finding, advice }) =>
                  html`<li>
                    <b>${finding}</b><br />
                    ${advice}
                  </li>`,
              )}
            </ul>`
      }
    </section>`;
};
