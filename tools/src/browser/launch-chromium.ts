import { chromium, type Browser } from 'playwright-core';
import { MienError } from '@mien/contract';
import { findChromium } from './find-chromium.mjs';

/** There is no Chromium on this machine. */
export class ChromiumNotFoundError extends MienError {
  override readonly name = 'ChromiumNotFoundError';
  constructor() {
    super(
      'Found no Chromium or Chrome on this machine. Run `node tools/ensure-browser.mjs`, ' +
        'or set MIEN_CHROMIUM to the executable of one.',
    );
  }
}

/** Keeps the browser from talking to anybody but the page's server. */
const QUIET = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-domain-reliability',
  '--disable-sync',
  '--metrics-recording-only',
  '--no-first-run',
  '--no-pings',
];

/** WebGPU computed by SwiftShader on the CPU: slow, but there on every machine. */
const SOFTWARE_WEBGPU = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];

/** A camera that shows a file, over and over, to whoever asks. */
const cameraThatShows = (file: string): string[] => [
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
  `--use-file-for-fake-video-capture=${file}`,
];

/** Chromium's sandbox refuses to run as root, as containers do. */
const sandbox = (): string[] => (process.getuid?.() === 0 ? ['--no-sandbox'] : []);

/**
 * Starts a headless Chromium.
 *
 * @param webgpu true for WebGPU on SwiftShader; false for none at all.
 * @param camera a motion JPEG (`*.mjpeg`) that its camera shows; without one there is no camera.
 * @returns the browser; the caller closes it.
 * @throws {ChromiumNotFoundError} when there is none.
 */
export const launchChromium = async ({
  webgpu = false,
  camera,
}: { readonly webgpu?: boolean; readonly camera?: string } = {}): Promise<Browser> => {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new ChromiumNotFoundError();
  return chromium.launch({
    executablePath,
    headless: true,
    args: [
      ...QUIET,
      ...sandbox(),
      ...(webgpu ? SOFTWARE_WEBGPU : ['--disable-features=WebGPU']),
      ...(camera === undefined ? [] : cameraThatShows(camera)),
    ],
  });
};
