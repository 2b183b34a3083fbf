import { Html, html } from './html.ts';
import { REPORT_STYLE } from './report-style.ts';

/** A policy under which the page could load nothing from anywhere, should anything in it try. */
const POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";

/**
 * Puts a whole page around its content: one document without scripts, that refers to nothing outside itself.
 *
 * @param params.style rules beside those of every report.
 */
export const renderPage = (params: {
  readonly title: string;
  readonly content: readonly Html[];
  readonly footer: string;
  readonly style?: string;
}): string => {
  const { title, content, footer, style = '' } = params;
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="${POLICY}" />
        <title>${title}</title>
        <style>
          ${new Html(`${REPORT_STYLE}${style}`)}
        </style>
      </head>
      <body>
        <main>
          ${content}
          <footer>${footer}</footer>
        </main>
      </body>
    </html> `;
  return page.text;
};
