import { parseModelCard } from '@mien/contract';
import { expressionModel } from '@mien/models';
import { readFileSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { writeTinyClassifier } from '../../../packages/infer-node/src/tiny-classifier.test-support.ts';
import { buildPage, type BuiltPage } from './build-page.ts';
import { launchChromium } from './launch-chromium.ts';
import { serveFolder, type FolderServer } from './serve-folder.ts';
import { tinyPicture, type TinyPicture } from './tiny-picture.test-support.ts';

const shippedCard = parseModelCard(JSON.parse(readFileSync(expressionModel.fp32.card, 'utf8')));

const DEMO = fileURLToPath(new URL('../../../packages/infer-web/demo/', import.meta.url));

describe('the demo page', () => {
  let folder: string;
  let built: BuiltPage;
  let server: FolderServer;
  let browser: Browser;
  let page: Page;
  let picture: TinyPicture;
  const complaints: string[] = [];

  const headline = (): Promise<string> => page.locator('#headline').innerText();
  /** Waits out a choice that loads the model anew: the headline says that it waits as soon as the choice is made. */
  const readAgain = (): Promise<void> => page.locator('#headline:not(.waiting)').waitFor();
  const percents = (): Promise<string[]> => page.locator('#bars .percent').allInnerTexts();
  const expected = (): string[] => picture.probabilities.map((value) => `${(value * 100).toFixed(1)} %`);

  beforeAll(async () => {
    picture = await tinyPicture(3);
    const { folder: model } = writeTinyClassifier();
    folder = await mkdtemp(join(tmpdir(), 'mien-demo-'));
    await cp(model, join(folder, 'model'), { recursive: true });
    await rm(model, { recursive: true });
    built = await buildPage(DEMO);
    server = await serveFolder({ folders: [folder, built.folder] });
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await built?.remove();
    await rm(folder, { recursive: true });
  });
  beforeEach(async () => {
    page = await browser.newPage();
    page.on('pageerror', ({ message }) => complaints.push(message));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    await page.goto(`${server.url}?model=./model/model.onnx`);
    await page.getByText('Pick a face').waitFor();
  });
  afterEach(async () => {
    await page.close();
    const [complaint] = complaints.splice(0);
    if (complaint !== undefined) throw new Error(`The page complained: ${complaint}`);
  });

  test('shows a chosen file as bars, and says what computes', async () => {
    const buffer = Buffer.from(picture.png, 'base64');
    await page.setInputFiles('#file', { name: 'face.png', mimeType: 'image/png', buffer });
    await page.locator('#bars .top').waitFor();
    expect(await percents()).toEqual(expected());
    expect(await page.locator('#device-in-use').innerText()).toMatch(/^In use: WebAssembly, [\d.]+ ms/u);
    expect(await page.getByAltText('Your picture, face.png').isVisible()).toBe(true);
  });

  test.each(['paste', 'drop'] as const)('takes a picture by %s', async (kind) => {
    await page.evaluate(
      ({ png, eventName }) => {
        const bytes = Uint8Array.from(atob(png), (char) => char.charCodeAt(0));
        const transfer = new DataTransfer();
        transfer.items.add(new File([bytes], 'face.png', { type: 'image/png' }));
        const event =
          eventName === 'paste'
            ? new ClipboardEvent('paste', { clipboardData: transfer })
            : new DragEvent('drop', { dataTransfer: transfer, cancelable: true });
        document.dispatchEvent(event);
      },
      { png: picture.png, eventName: kind },
    );
    await page.locator('#bars .top').waitFor();
    expect(await percents()).toEqual(expected());
  });

  test('can be used with the keyboard alone', async () => {
    await page.locator('#file').focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.locator('#bars .top').waitFor();
    expect(await headline()).toMatch(/^(left|right|top|bottom), \d+\.\d %$/u);
    expect(await page.getByAltText('The chosen sample').isVisible()).toBe(true);
  });

  test('says what is wrong with a file that is no picture, and goes on', async () => {
    const buffer = Buffer.from('not a picture');
    await page.setInputFiles('#file', { name: 'notes.png', mimeType: 'image/png', buffer });
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').innerText()).toContain('notes.png');
    await page.locator('#samples button').first().click();
    await page.locator('#bars .top').waitFor();
    expect(await page.getByRole('alert').isVisible()).toBe(false);
  });

  test('reads with the model that ships with Mien where none is named', async () => {
    await page.goto(server.url);
    await page.getByText('Pick a face').waitFor();
    const { labels, name } = shippedCard;
    await page.setInputFiles('#file', fileURLToPath(new URL('../../../face.png', import.meta.url)));
    await page.locator('#bars .top').waitFor();
    expect(await page.locator('#bars li > span:first-child').allInnerTexts()).toEqual(labels);
    expect(await page.locator('#about dd').first().textContent()).toBe(name);
  });

  test('reads the same picture again when another model is chosen', async () => {
    await page.locator('#samples button').nth(4).click();
    await page.locator('#bars .top').waitFor();
    await page.locator('#model').selectOption({ label: 'the one that ships with Mien (fp32)' });
    await readAgain();
    expect(await page.locator('#bars li').count()).toBe(shippedCard.labels.length);
  });

  test('reads the same picture again when another device is chosen', async () => {
    await page.locator('#samples button').nth(4).click();
    await page.locator('#bars .top').waitFor();
    const before = await percents();
    await page.locator('#device').selectOption('webgpu');
    await readAgain();
    await page.getByText('offers no WebGPU adapter').waitFor();
    expect(await percents()).toEqual(before);
  });
});
