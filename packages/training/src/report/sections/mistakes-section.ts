import type { Mistake } from '../../evaluate/worst-mistakes.ts';
import { formatPercent } from '../format-figures.ts';
import { html, type Html } from '../html.ts';
import { pictureUrl } from '../picture-url.ts';
import type { ReportContent } from '../report-content.ts';

const pictureOf = async (index: number, { split, card }: ReportContent): Promise<string> => {
  const { widthPx, heightPx, channels } = card.input;
  const length = widthPx * heightPx * channels;
  return pictureUrl(Uint8Array.from(split.pixels.subarray(index * length, (index + 1) * length)), card.input);
};

const card = async (mistake: Mistake, content: ReportContent): Promise<Html> => {
  const { index, truth, predicted, probability, probabilityOfTruth } = mistake;
  const source = content.split.sources[index] ?? `image ${index}`;
  return html`<li>
    <img
      src="${await pictureOf(index, content)}"
      width="112"
      height="112"
      alt="${truth}, named ${predicted}"
    />
    <p><b>${truth}</b> <span class="figure-of">${formatPercent(probabilityOfTruth, 0)}</span></p>
    <p class="wrong">→ ${predicted} <span class="figure-of">${formatPercent(probability, 0)}</span></p>
    <p class="source" title="${source}">${source.split('/').at(-1) ?? source}</p>
  </li>`;
};

/** The mistakes that the model was surest of, as pictures. */
export const mistakesSection = async (content: ReportContent): Promise<Html> => {
  const { mistakes } = content.result;
  if (mistakes.length === 0) return html``;
  const cards = await Promise.all(mistakes.map((mistake) => card(mistake, content)));
  return html`<section>
    <h2>Surest mistakes</h2>
    <p>
      The wrong answers given with most confidence, at the size that the model sees. Look for labels that are
      wrong themselves, faces that are cut off, and expressions that people would argue about. Percentages are
      the probabilities given to the true and to the named class. The name of the file stands under each;
      hover over it for its folder.
    </p>
    <ul class="mistakes">
      ${cards}
    </ul>
  </section>`;
};
