/** Markup that is safe to put into a page as it is. */
export class Html {
  constructor(readonly text: string) {}
}

type Content = Html | string | number | readonly Content[];

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (content: Content): string => {
  if (content instanceof Html) return content.text;
  if (typeof content === 'object') return content.map(escaped).join('');
  return String(content).replaceAll(/[&<>"']/gu, (character) => ESCAPES[character] as string);
};

/**
 * Builds markup from a template. What is put in is escaped, for text and quoted attributes alike, unless it is
 * {@link Html} itself; lists are joined.
 */
export const html = (strings: TemplateStringsArray, ...contents: readonly Content[]): Html =>
  new Html(String.raw({ raw: strings }, ...contents.map(escaped)));
