/** What of opentype.js is used here; the package brings no types. */
declare module 'opentype.js' {
  interface Path {
    toPathData(options?: number | { decimalPlaces?: number; flipY?: boolean }): string;
  }
  interface Glyph {
    readonly index: number;
    readonly advanceWidth: number;
    readonly path: Path;
  }
  interface Font {
    readonly unitsPerEm: number;
    readonly names: {
      readonly windows: Readonly<Record<'fullName' | 'version' | 'copyright', { readonly en: string }>>;
    };
    readonly tables: { readonly os2: { readonly sCapHeight: number } };
    charToGlyph(character: string): Glyph;
    getAdvanceWidth(text: string, sizePx: number, options: { kerning: boolean }): number;
    getPath(text: string, x: number, y: number, sizePx: number, options: { kerning: boolean }): Path;
  }
  const opentype: { parse(file: ArrayBuffer): Font };
  export default opentype;
}
