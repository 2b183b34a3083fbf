/** How parts of a line for people may look. */
export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly accent: (text: string) => string;
  readonly warning: (text: string) => string;
}

const escape =
  (code: number) =>
  (text: string): string =>
    `\u001B[${code}m${text}\u001B[0m`;
const asIs = (text: string): string => text;

/** With colours where a person looks on and did not refuse them (https://no-color.org), plain elsewhere. */
export const createStyle = (coloured: boolean): Style =>
  coloured
    ? { bold: escape(1), dim: escape(2), accent: escape(36), warning: escape(33) }
    : { bold: asIs, dim: asIs, accent: asIs, warning: asIs };
