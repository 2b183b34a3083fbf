import { html, type Html } from './html.ts';

/** How the parts of a chart look, for its key. */
export interface KeyEntry {
  readonly look:
    | 'line-first'
    | 'line-second'
    | 'line-best'
    | 'bar'
    | 'diamond'
    | 'dot'
    | 'dot-first'
    | 'dot-second'
    | 'diagonal';
  readonly name: string;
}

/** Puts a chart under its heading, with a key of its marks and a sentence on what to see in it. */
export const figure = (params: {
  readonly heading: string;
  readonly chart: Html;
  readonly key?: readonly KeyEntry[];
  readonly note?: string;
}): Html => {
  const { heading, chart, key = [], note } = params;
  const entries = key.map(({ look, name }) => html`<li><i class="key-${look}"></i>${name}</li>`);
  return html`<figure>
    <figcaption>
      <h3>${heading}</h3>
      ${
        key.length === 0
          ? ''
          : html`<ul class="key">
              ${entries}
            </ul>`
      }
    </figcaption>
    ${chart} ${note === undefined ? '' : html`<p class="note">${note}</p>`}
  </figure>`;
};
