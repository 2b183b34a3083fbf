import { formatCount } from '../format-figures.ts';
import { html, type Html } from '../html.ts';
import { skippedSection } from '../sections/skipped-section.ts';
import type { InspectionContent } from './inspection-content.ts';

/** The sizes of the files, and those that cannot be read. */
export const filesSection = ({ inspection }: InspectionContent): Html => {
  const { sizes, unreadable } = inspection;
  if (sizes === undefined) return skippedSection(unreadable);
  return html`<section>
      <h2>Sizes</h2>
      <p>
        ${formatCount(sizes.files)} files. ${formatCount(sizes.small.length)} are smaller than a model's
        input, ${formatCount(sizes.oblong.length)} have one side over 1.3 times the other.
      </p>
      <ul>
        ${sizes.commonest.map(
          ({ widthPx, heightPx, files }) => html`<li>${widthPx}×${heightPx} px: ${formatCount(files)}</li>`,
        )}
      </ul>
    </section>
    ${skippedSection(unreadable)}`;
};
