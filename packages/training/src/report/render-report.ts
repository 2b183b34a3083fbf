import { renderPage } from './render-page.ts';
import type { ReportContent } from './report-content.ts';
import { calibrationSection } from './sections/calibration-section.ts';
import { classesSection } from './sections/classes-section.ts';
import { confusionSection } from './sections/confusion-section.ts';
import { curvesSection } from './sections/curves-section.ts';
import { headerSection } from './sections/header-section.ts';
import { mistakesSection } from './sections/mistakes-section.ts';
import { provenanceSection } from './sections/provenance-section.ts';
import { skippedSection } from './sections/skipped-section.ts';

/** Builds the whole page of a report: one document without scripts, that refers to nothing outside itself. */
export const renderReport = async (report: ReportContent): Promise<string> => {
  const { title, card, history, result, skipped } = report;
  return renderPage({
    title,
    content: [
      headerSection(report),
      await curvesSection(history),
      confusionSection(result),
      await classesSection(result.evaluation),
      await calibrationSection(result, card),
      await mistakesSection(report),
      skippedSection(skipped),
      provenanceSection(card),
    ],
    footer: `Written by Mien from ${card.name}, finished ${card.training.finishedAt}.`,
  });
};
