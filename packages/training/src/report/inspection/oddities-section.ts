import { OUTLIER_KINDS, type OutlierKind } from '../../inspect/find-outliers.ts';
import { formatCount } from '../format-figures.ts';
import { html, type Html } from '../html.ts';
import { contactSheet } from './contact-sheet.ts';
import { pixelsOf, type InspectionContent } from './inspection-content.ts';

const SHOWN = 96;

const MEANING: Readonly<Record<OutlierKind, string>> = {
  blank: 'Hardly any contrast at all.',
  'nearly empty': 'Over 70 % of the pixels have one gray level: signs, lettering, placeholders, sketches.',
  'very dark': 'Mean brightness below 25 of 255.',
  'very bright': 'Mean brightness above 228 of 255.',
  'low contrast': 'Standard deviation of the gray levels below 15.',
  blurred: 'Far less fine detail than the others.',
  'hard edges': 'Far more fine detail than the others: drawings, lettering, noise, oversharpened pictures.',
};

/** Images that are unlike the others, as one sheet for each way of being so. */
export const odditiesSection = async ({ inspection, dataset }: InspectionContent): Promise<Html> => {
  const { widthPx, heightPx } = dataset;
  const parts = OUTLIER_KINDS.map(async (kind) => {
    const odd = inspection.oddities.filter((oddity) => oddity.kind === kind);
    if (odd.length === 0) return html``;
    const sheet = await contactSheet({
      widthPx,
      heightPx,
      images: odd.slice(0, SHOWN).map(({ image }) => pixelsOf(dataset, image)),
      description: `${odd.length} images: ${kind}`,
    });
    return html`<h3>${kind} (${formatCount(odd.length)})</h3>
      <p>${MEANING[kind]} ${odd.length > SHOWN ? `The ${SHOWN} most extreme:` : ''}</p>
      ${sheet}`;
  });
  if (inspection.oddities.length === 0) return html``;
  return html`<section>
    <h2>Odd images</h2>
    ${await Promise.all(parts)}
  </section>`;
};
