import { AssetError } from './asset-error.ts';

const OPENING_ANGLE_BRACKET = 0x3c;

/** Tells an HTML page (what many servers answer to any unknown path) from the binary or JSON that was asked for. */
const isHtml = (response: Response, bytes: Uint8Array): boolean =>
  bytes[0] === OPENING_ANGLE_BRACKET || (response.headers.get('content-type') ?? '').startsWith('text/html');

/**
 * Downloads one file whole.
 *
 * @param asset what it is, in words, for the error message.
 * @throws {AssetError} when there is no answer, an answer other than success, or an HTML page.
 * @throws the signal's reason when `signal` is aborted.
 */
export const fetchBytes = async ({
  asset,
  url,
  signal,
}: {
  readonly asset: string;
  readonly url: string;
  readonly signal?: AbortSignal | undefined;
}): Promise<Uint8Array<ArrayBuffer>> => {
  try {
    const response = await fetch(url, signal === undefined ? {} : { signal });
    if (!response.ok) throw new AssetError(asset, url, `the server answers HTTP ${response.status}`);
    const bytes = new Uint8Array(await response.arrayBuffer());
    if (isHtml(response, bytes)) throw new AssetError(asset, url, 'the server answers with an HTML page');
    return bytes;
  } catch (cause) {
    signal?.throwIfAborted();
    if (cause instanceof AssetError) throw cause;
    throw new AssetError(asset, url, 'the download fails', { cause });
  }
};
