import type { ImageGroup, LeakedImage } from '../../inspect/inspection.ts';
import { formatCount } from '../format-figures.ts';
import { html, type Html } from '../html.ts';
import { contactSheet } from './contact-sheet.ts';
import { pixelsOf, type InspectionContent } from './inspection-content.ts';

/** Pairs and groups shown; the lists are in `inspect.json`. */
const SHOWN = 24;
/** Images shown of one group. */
const SHOWN_OF_GROUP = 6;

/** Takes some items evenly from the whole of a list. */
const spread = <T>(items: readonly T[], limit: number): T[] =>
  items.filter(
    (_, index) =>
      Math.floor((index * limit) / Math.max(limit, items.length)) !==
      Math.floor(((index - 1) * limit) / Math.max(limit, items.length)),
  );

const leakCard = async (
  { image, sameAs, likeness }: LeakedImage,
  content: InspectionContent,
): Promise<Html> => {
  const { dataset } = content;
  const sheet = await contactSheet({
    widthPx: dataset.widthPx,
    heightPx: dataset.heightPx,
    images: [image, sameAs].map((one) => pixelsOf(dataset, one)),
    description: `${image.source} and ${sameAs.source}`,
  });
  return html`<li>
    ${sheet}
    <p><b>${image.label}</b> <span class="figure-of">${image.split}</span></p>
    <p class="${image.label === sameAs.label ? '' : 'wrong'}">
      ${sameAs.label} <span class="figure-of">${sameAs.split}</span>
    </p>
    <p class="source" title="${image.source} and ${sameAs.source}">${likeness}</p>
  </li>`;
};

const groupCard = async (group: ImageGroup, content: InspectionContent): Promise<Html> => {
  const { dataset } = content;
  const shown = group.images.slice(0, SHOWN_OF_GROUP);
  const sheet = await contactSheet({
    widthPx: dataset.widthPx,
    heightPx: dataset.heightPx,
    images: shown.map((image) => pixelsOf(dataset, image)),
    description: `${group.images.length} copies of one picture`,
  });
  const counts = new Map<string, number>();
  for (const { label } of group.images) counts.set(label, (counts.get(label) ?? 0) + 1);
  const labels = [...counts].map(([label, count]) => (count === 1 ? label : `${label} ×${count}`)).join(', ');
  return html`<li>
    ${sheet}
    <p class="${group.isConflict ? 'wrong' : ''}">${labels}</p>
  </li>`;
};

const leakPart = async (content: InspectionContent): Promise<Html> => {
  const { leaks } = content.inspection;
  if (leaks.length === 0) return html``;
  const cards = await Promise.all(spread(leaks, SHOWN).map((leak) => leakCard(leak, content)));
  const kinds = (['exact', 'near', 'mirrored'] as const)
    .map((kind) => `${formatCount(leaks.filter(({ likeness }) => likeness === kind).length)} ${kind}`)
    .join(', ');
  return html`<h3>In training and in validation or test</h3>
    <p>${formatCount(leaks.length)} images (${kinds}). ${leaks.length > SHOWN ? `${SHOWN} of them:` : ''}</p>
    <ul class="mistakes pairs">
      ${cards}
    </ul>`;
};

const groupPart = async (
  heading: string,
  groups: readonly ImageGroup[],
  content: InspectionContent,
): Promise<Html> => {
  if (groups.length === 0) return html``;
  const cards = await Promise.all(groups.slice(0, SHOWN).map((group) => groupCard(group, content)));
  return html`<h3>${heading}</h3>
    <p>
      ${formatCount(groups.length)} ${groups.length === 1 ? 'picture' : 'pictures'}.
      ${groups.length > SHOWN ? `The ${SHOWN} with most copies:` : ''}
    </p>
    <ul class="groups">
      ${cards}
    </ul>`;
};

/** The same picture in several places: across splits, and with different labels. */
export const duplicatesSection = async (content: InspectionContent): Promise<Html> => {
  const { groups, leaks } = content.inspection;
  if (groups.length + leaks.length === 0)
    return html`<section>
      <h2>Duplicates</h2>
      <p>No picture is there twice.</p>
    </section>`;
  const largest = groups.toSorted((a, b) => b.images.length - a.images.length);
  return html`<section>
    <h2>Duplicates</h2>
    <p>
      Images count as the same picture when they are equal, or correlate by 0.92 and more once laid over each
      other: other compression or light, a crop moved by a few pixels, a mirror image.
    </p>
    ${await leakPart(content)}
    ${await groupPart(
      'Copies with different labels',
      largest.filter(({ isConflict }) => isConflict),
      content,
    )}
    ${await groupPart(
      'Copies with one label',
      largest.filter(({ isConflict }) => !isConflict),
      content,
    )}
  </section>`;
};
