import { createRandom, shuffled } from '@mien/contract';
import { listImages } from '../../inspect/listed-image.ts';
import { html, type Html } from '../html.ts';
import { contactSheet } from './contact-sheet.ts';
import { pixelsOf, type InspectionContent } from './inspection-content.ts';

const SHOWN = 48;

/** Some training images of each class, drawn at random but always the same ones. */
export const samplesSection = async ({ inspection, dataset }: InspectionContent): Promise<Html> => {
  const { widthPx, heightPx } = dataset;
  const training = listImages(dataset).filter(({ split }) => split === 'train');
  const parts = inspection.labels.map(async (label, index) => {
    const images = shuffled(
      training.filter((image) => image.label === label),
      createRandom(1, index),
    ).slice(0, SHOWN);
    if (images.length === 0) return html``;
    const sheet = await contactSheet({
      widthPx,
      heightPx,
      images: images.map((image) => pixelsOf(dataset, image)),
      description: `${images.length} images of the class ${label}`,
    });
    return html`<h3>${label}</h3>
      ${sheet}`;
  });
  return html`<section>
    <h2>Each class at a glance</h2>
    <p>Training images drawn at random. Would you give them this label?</p>
    ${await Promise.all(parts)}
  </section>`;
};
