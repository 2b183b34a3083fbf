// Takes the outlines that text on pictures is drawn with out of a font, so that drawing needs no font on the machine and
// no font parser at run time: npx nx run cli:glyphs
import { writeFileSync } from 'node:fs';
import { renderGlyphs } from './render-glyphs.ts';

writeFileSync(new URL('../assets/roboto-medium.json', import.meta.url), renderGlyphs());
