import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import {
  HOSTILE_NAME,
  writeSamplePage,
} from '../../../packages/cli/src/outputs/html/sample-page.test-support.ts';
import { launchChromium } from './launch-chromium.ts';

describe('the page that mien --html writes', () => {
  let file: string;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];
  const requests: string[] = [];

  // Cards out of sight are not laid out yet, and have no inner text then.
  const onCards = (part: string): Promise<string[]> =>
    page.locator(`.card:visible ${part}`).allTextContents();
  const cards = (): Promise<string[]> => onCards('.reading');
  const chosen = (): Promise<string> => page.locator('#chosen').innerText();

  beforeAll(async () => {
    file = await writeSamplePage();
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await rm(dirname(file), { recursive: true });
  });
  beforeEach(async () => {
    page = await browser.newPage();
    page.on('pageerror', ({ message }) => complaints.push(message));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('request', (request) => requests.push(new URL(request.url()).protocol));
    await page.goto(pathToFileURL(file).href);
  });
  afterEach(() => page.close());

  test('sums up, and shows every face in the order of the pictures', async () => {
    expect(await page.locator('h1').innerText()).toBe('5 faces in 4 pictures and 1 video');
    expect(await cards()).toEqual(['happiness', 'sadness', 'happiness', 'anger']);
    expect(await page.locator('#faceless li').allInnerTexts()).toEqual(['tree.png']);
    expect(await page.locator('#failures li').innerText()).toContain('broken.jpg: Unexpected RangeError');
  });

  test('shows the faces of some labels, of some certainty, of some files', async () => {
    await page.getByRole('button', { name: 'happiness 2' }).click();
    expect(await chosen()).toBe('2 of 4 faces');
    await page.getByRole('button', { name: 'anger 1' }).click();
    expect(await cards()).toEqual(['happiness', 'happiness', 'anger']);
    await page.getByLabel('Certainty').selectOption('unsure');
    expect(await cards()).toEqual(['anger']);
    await page.getByRole('button', { name: 'happiness 2' }).click();
    await page.getByRole('button', { name: 'anger 1' }).click();
    expect(await cards()).toEqual(['sadness', 'anger']);
    await page.getByLabel('File name').fill('ALBUM/one');
    expect(await cards()).toEqual(['sadness']);
  });

  test('puts the least sure, or the surest, first', async () => {
    await page.getByLabel('Order').selectOption('least');
    expect(await onCards('.figure')).toEqual(['40 %', '60 %', '70 %', '90 %']);
    await page.getByLabel('Order').selectOption('surest');
    expect(await onCards('.figure')).toEqual(['90 %', '70 %', '60 %', '40 %']);
  });

  test('opens a face with all of its values, and goes on by the arrow keys', async () => {
    await page.getByRole('button', { name: /Face 1 of album\/one\.png/u }).click();
    const title = page.locator('#viewer-title');
    expect(await title.innerText()).toBe('album/one.png, face 1');
    expect(await page.locator('#viewer tr').count()).toBe(8);
    expect(await page.locator('#viewer tr').first().innerText()).toMatch(/happiness\s+90 %/u);
    await page.keyboard.press('ArrowRight');
    expect(await title.innerText()).toBe('album/one.png, face 2');
    expect(await page.locator('#viewer').innerText()).toContain('Unsure: ambiguous');
    await page.keyboard.press('Escape');
    expect(await page.locator('#viewer').isVisible()).toBe(false);
  });

  test('takes no name for markup', async () => {
    expect((await onCards('.file')).at(-1)).toBe(HOSTILE_NAME.slice(HOSTILE_NAME.lastIndexOf('/') + 1));
    expect(await page.locator('img[src="x"]').count()).toBe(0);
  });

  test('shows on the timeline what was at the moment that is pointed at', async () => {
    const video = page.locator('.video');
    const values = video.locator('.values');
    const charts = video.locator('.charts');
    const box = await charts.boundingBox();
    if (box === null) throw new Error('The timeline is not shown.');
    const pointAt = (timeMs: number): Promise<void> =>
      page.mouse.move(box.x + (box.width * timeMs) / 1900 + 1, box.y + box.height / 2);
    await pointAt(500);
    expect(await video.locator('output').innerText()).toBe('0:00.5 of 0:01.9');
    expect(await values.locator('tr').first().innerText()).toMatch(/neutral\s+80 %/u);
    await pointAt(1000);
    expect(await values.innerText()).toBe('No face in this frame.');
    expect(await video.locator('.boxes rect').count()).toBe(0);
    await pointAt(1500);
    expect(await values.locator('tr').first().innerText()).toMatch(/fear\s+80 %/u);
    expect(await video.locator('.boxes rect[stroke]').getAttribute('stroke')).toBe('#9b5de5');
  });

  test('can be moved along by keys, and says in words what the chart shows', async () => {
    const slider = page.getByLabel('Time in clip.mp4');
    await slider.focus();
    await page.keyboard.press('End');
    expect(await slider.getAttribute('aria-valuetext')).toBe('0:01.9');
    expect(await page.locator('.track-title').innerText()).toBe(
      'Face 3 0:00.0 to 0:01.9: neutral 50 %, fear 50 %',
    );
    // Two stretches, with the time between them in which the face was away.
    expect(await page.locator('.chart path').count()).toBe(2 * 8);
  });

  test('shows another still for another moment', async () => {
    const still = page.locator('.video .framed img');
    const before = await still.getAttribute('src');
    await page.getByLabel('Time in clip.mp4').focus();
    await page.keyboard.press('ArrowRight');
    const after = await still.getAttribute('src');
    expect(after).toMatch(/^data:image\/jpeg;base64,/u);
    expect(after).not.toBe(before);
  });

  test.each(['light', 'dark'] as const)('fits a phone, in %s', async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width: 360, height: 740 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(ground).toBe(colorScheme === 'light' ? 'rgb(246, 247, 249)' : 'rgb(20, 22, 28)');
  });

  test('complained of nothing in all of this, and asked for nothing outside itself', () => {
    expect(complaints).toEqual([]);
    // Whether a browser tells of what lies in the page itself is its own affair.
    expect(new Set(requests.filter((protocol) => protocol !== 'data:'))).toEqual(new Set(['file:']));
  });
});
