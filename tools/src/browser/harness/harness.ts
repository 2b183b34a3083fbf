import * as inferWeb from '@mien/infer-web';

declare global {
  interface Window {
    /** The package under test, as a page's own bundle has it; driven from Node through `page.evaluate`. */
    inferWeb: typeof inferWeb;
  }
}

window.inferWeb = inferWeb;
