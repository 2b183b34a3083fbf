import { Html, html } from './html.ts';
import type { ReportContent } from './report-content.ts';
import { REPORT_STYLE } from './report-style.ts';
import { calibrationSection } from './sections/calibration-section.ts';
import { classesSection } from './sections/classes-section.ts';
import { confusionSection } from './sections/confusion-section.ts';
import { curvesSection } from './sections/curves-section.ts';
import { headerSection } from './sections/header-section.ts';
import { mistakesSection } from './sections/mistakes-section.ts';
import { provenanceSection } from './sections/provenance-section.ts';
import { skippedSection } from './sections/skipped-section.ts';

/** A policy under which the page could load nothing from anywhere, should anything in it try. */
const POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";

/** Builds the whole page of a report: one document without scripts, that refers to nothing outside itself. */
export const renderReport = async (content: ReportContent): Promise<string> => {
  const { title, card, history, result, skipped } = content;
  const sections = [
    headerSection(content),
    await curvesSection(history),
    confusionSection(result),
    await classesSection(result.evaluation),
    await calibrationSection(result, card),
    await mistakesSection(content),
    skippedSection(skipped),
    provenanceSection(card),
  ];
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="${POLICY}" />
        <title>${title}</title>
        <style>
          ${new Html(REPORT_STYLE)}
        </style>
      </head>
      <body>
        <main>
          ${sections}
          <footer>Written by Mien from ${card.name}, finished ${card.training.finishedAt}.</footer>
        </main>
      </body>
    </html> `;
  return page.text;
};
