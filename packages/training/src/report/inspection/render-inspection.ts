import { renderPage } from '../render-page.ts';
import { agreementSection } from './agreement-section.ts';
import { balanceSection } from './balance-section.ts';
import { duplicatesSection } from './duplicates-section.ts';
import { filesSection } from './files-section.ts';
import type { InspectionContent } from './inspection-content.ts';
import { odditiesSection } from './oddities-section.ts';
import { samplesSection } from './samples-section.ts';
import { summarySection } from './summary-section.ts';

/** What this page has beyond the look of a training report. */
const STYLE = `
.sheet { display: block; height: auto; width: 100%; margin: 12px 0 0; border-radius: 4px; }
.advice { max-width: 80ch; padding-left: 20px; }
.advice li { margin-bottom: 10px; }
.advice b { font-weight: 600; }
.mistakes.pairs { grid-template-columns: repeat(auto-fill, minmax(124px, 1fr)); }
.mistakes .sheet { aspect-ratio: auto; background: none; border-radius: 4px; }
.groups { display: flex; flex-wrap: wrap; gap: 16px 20px; margin: 16px 0 0; padding: 0; list-style: none; font-size: 13px; }
.groups li { max-width: 380px; }
.groups .sheet { margin: 0 0 4px; }
.groups p { margin: 0; }
.groups .wrong { color: var(--second); }
.list .meter { width: 30%; }
.balance .meter i { background: var(--first); }
`;

/** Builds the page on a dataset: one document without scripts, that refers to nothing outside itself. */
export const renderInspection = async (content: InspectionContent): Promise<string> => {
  const { name, fingerprint } = content.inspection;
  return renderPage({
    title: `${name}: what is in it`,
    style: STYLE,
    content: [
      summarySection(content),
      balanceSection(content),
      agreementSection(content),
      await duplicatesSection(content),
      await odditiesSection(content),
      await samplesSection(content),
      filesSection(content),
    ],
    footer: `Written by Mien from ${name}, fingerprint ${fingerprint.slice(0, 16)}. It holds pictures from the dataset: treat it as you treat those.`,
  });
};
