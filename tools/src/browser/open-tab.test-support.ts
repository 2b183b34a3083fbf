import type { Browser, Page } from 'playwright-core';

/**
 * Opens the harness page in a tab of its own.
 *
 * @param before runs in the page before its own scripts.
 */
export const openTab = async (browser: Browser, url: string, before?: () => void): Promise<Page> => {
  const page = await browser.newPage();
  if (before !== undefined) await page.addInitScript(before);
  await page.goto(url);
  await page.waitForFunction(() => 'inferWeb' in window);
  return page;
};

/** What creating a classifier in the page came to. */
export interface Created {
  readonly provider?: string;
  readonly note?: string | undefined;
  readonly error?: { readonly name: string; readonly message: string };
}

/** Creates a classifier in the page, from the `model.onnx` beside it unless told otherwise, and closes it again. */
export const create = (
  page: Page,
  options: { model?: string; card?: string; device?: 'auto' | 'wasm' | 'webgpu'; assetsUrl?: string } = {},
): Promise<Created> =>
  page.evaluate(async (given) => {
    try {
      const classifier = await window.inferWeb.createClassifier({ model: './model.onnx', ...given });
      const { provider, note } = classifier.device;
      await classifier.close();
      return { provider, note };
    } catch (error) {
      const { name, message } = error as Error;
      return { error: { name, message } };
    }
  }, options);

/** Waits until every worker of the page has ended; of that the browser tells a little later than the page. */
export const workersEnd = async (page: Page): Promise<void> => {
  await Promise.all(page.workers().map((worker) => worker.waitForEvent('close')));
};
