import { MienError } from '@mien/contract';

/** A file that the classifier needs cannot be had from where it should be. */
export class AssetError extends MienError {
  override readonly name = 'AssetError';
  constructor(
    /** What was to be loaded, e.g. `the model`. */
    readonly asset: string,
    readonly url: string,
    /** What came instead, e.g. `HTTP 404`. */
    readonly found: string,
    options?: ErrorOptions,
  ) {
    super(
      `Cannot load ${asset} from ${url}: ${found}. Check that the file is served at this address.`,
      options,
    );
  }
}
