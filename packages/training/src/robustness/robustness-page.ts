import type { TrainedModelCard } from '@mien/contract';
import { decodePicture } from '../dataset/decode-picture.ts';
import { formatCount, formatPercent } from '../report/format-figures.ts';
import { html, type Html } from '../report/html.ts';
import { pictureUrl } from '../report/picture-url.ts';
import { renderPage } from '../report/render-page.ts';
import type { FaceSpec } from '../synthetic/draw-face.ts';
import { corruptSplit } from './corrupt-split.ts';
import type { Corruption, CorruptionLevel } from './corruption.ts';
import { formatDrop } from './describe-robustness.ts';
import { meanByLevel } from './mean-by-level.ts';
import type { RobustnessScores, RobustnessTable } from './measure-robustness.ts';

/** What a page on robustness shows. */
export interface RobustnessPageContent {
  readonly card: TrainedModelCard;
  readonly table: RobustnessTable;
  readonly corruptions: readonly Corruption[];
}

/** A drawn face that looks into the camera, in even light: nobody's picture leaves the data. */
const FACE: FaceSpec = { emotion: 'happy', identitySeed: 12, variationSeed: 32 };

const STYLE = `
.sheet { width: 100%; min-width: 720px; table-layout: fixed; font-size: 13px; line-height: 1.4; }
.sheet th, .sheet td { padding: 0 0 18px 16px; text-align: left; vertical-align: top; }
.sheet th:first-child { padding-left: 0; }
.sheet thead th { padding-bottom: 6px; color: var(--muted); font-weight: 600; }
.sheet tbody th b { display: block; font-size: 15px; }
.sheet tbody th { font-weight: 400; color: var(--muted); }
.sheet img { display: block; width: 100%; max-width: 150px; height: auto; margin-bottom: 6px; border-radius: 6px; background: var(--raised); }
.sheet td b { font-size: 15px; font-weight: 600; }
.sheet .loss { color: var(--second); }
.sheet .strength { display: block; color: var(--muted); }
.sheet .sum th, .sheet .sum td { padding-top: 14px; border-top: 1px solid var(--line); }
`;

const accuracyOf = (accuracy: number, clean: number): Html =>
  html`<b>${formatPercent(accuracy)}</b> <span class="loss">${formatDrop(accuracy, clean)}</span>`;

const tooltip = ({ accuracyInterval95: [low, high], macroF1 }: RobustnessScores): string =>
  `95 % interval ${formatPercent(low)} – ${formatPercent(high)}, macro-F1 ${formatPercent(macroF1)}`;

const drawnFace = async (
  face: Uint8Array,
  { card, corruption, level }: { card: TrainedModelCard; corruption: Corruption; level: CorruptionLevel },
): Promise<Html> => {
  const pixels = await corruptSplit({
    split: { pixels: face, sources: ['drawn face'] },
    geometry: card.input,
    corruption,
    level,
    range: { start: 0, end: 1 },
  });
  const url = await pictureUrl(pixels, card.input);
  return html`<img src="${url}" alt="drawn face, ${corruption.name} ${level.level}" />`;
};

const rowOf = async (
  corruption: Corruption,
  face: Uint8Array,
  { card, table }: RobustnessPageContent,
): Promise<Html> => {
  const cells = corruption.levels.map(async (level) => {
    const row = table.rows.find((row) => row.corruption === corruption.name && row.level === level.level);
    if (row === undefined) throw new RangeError(`table.rows lacks ${corruption.name} ${level.level}.`);
    return html`<td title="${tooltip(row)}">
      ${await drawnFace(face, { card, corruption, level })} ${accuracyOf(row.accuracy, table.clean.accuracy)}
      <span class="strength">${level.strength}</span>
    </td>`;
  });
  return html`<tr>
    <th scope="row"><b>${corruption.name}</b>${corruption.description}</th>
    <td><img src="${await pictureUrl(face, card.input)}" alt="drawn face" /></td>
    ${await Promise.all(cells)}
  </tr>`;
};

const sheet = async (content: RobustnessPageContent): Promise<Html> => {
  const { card, table, corruptions } = content;
  const face = await decodePicture({ kind: 'synthetic', face: FACE }, card.input);
  const rows = await Promise.all(corruptions.map((corruption) => rowOf(corruption, face, content)));
  const means = meanByLevel(table)
    .slice(0, 3)
    .map(({ accuracy }) => html`<td>${accuracyOf(accuracy, table.clean.accuracy)}</td>`);
  return html`<div class="scroll">
    <table class="sheet">
      <thead>
        <tr>
          <th></th>
          ${['Clean', 'Level 1, mild', 'Level 2, plain', 'Level 3, severe'].map((name) => html`<th scope="col">${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows}
        <tr class="sum">
          <th scope="row"><b>mean</b></th>
          <td><b>${formatPercent(table.clean.accuracy)}</b></td>
          ${means}
        </tr>
      </tbody>
    </table>
  </div>`;
};

const figures = ({ table }: RobustnessPageContent): Html => {
  const { clean } = table;
  const all = meanByLevel(table).at(-1) as ReturnType<typeof meanByLevel>[number];
  const [low, high] = clean.accuracyInterval95;
  return html`<dl class="figures">
    <div class="figure">
      <dt>Clean</dt>
      <dd class="value">${formatPercent(clean.accuracy)}</dd>
      <dd class="range">${formatPercent(low)} – ${formatPercent(high)}</dd>
      <dd class="meaning">Accuracy on the images as they are, with its 95 % interval.</dd>
    </div>
    <div class="figure">
      <dt>Corrupted</dt>
      <dd class="value">${formatPercent(all.accuracy)}</dd>
      <dd class="range">${formatDrop(all.accuracy, clean.accuracy)} points</dd>
      <dd class="meaning">Mean accuracy over all corruptions and levels, each weighing the same.</dd>
    </div>
  </dl>`;
};

/** Builds the page on robustness: the drawn face under each corruption and level, with what the model makes of it. */
export const robustnessPage = async (content: RobustnessPageContent): Promise<string> => {
  const { card, table } = content;
  const { dataset, split, protocol, output, clean } = table;
  const head = html`<header>
    <h1>How robust is ${card.name}?</h1>
    <p class="lead">
      <b>${formatCount(clean.samples)}</b> images of the <b>${split}</b> split of <b>${dataset}</b>
      (${protocol})${output === undefined ? '' : html`, scored by the head <b>${output}</b>`}, each corrupted
      in ${content.corruptions.length} ways at three strengths. The face is drawn, and shown in the very bytes
      that the model takes. Beside each accuracy stands what is lost against the clean images, in percentage
      points.
    </p>
    ${figures(content)}
  </header>`;
  return renderPage({
    title: `Robustness of ${card.name}`,
    content: [head, html`<section>${await sheet(content)}</section>`],
    footer: `Written by Mien from ${card.name}, finished ${card.training.finishedAt}.`,
    style: STYLE,
  });
};
