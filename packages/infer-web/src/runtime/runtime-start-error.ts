import { MienError } from '@mien/contract';

const adviceFor = (reason: string): string =>
  /content security policy|unsafe-eval/iu.test(reason)
    ? "Allow WebAssembly in the page's Content-Security-Policy: script-src 'self' 'wasm-unsafe-eval'."
    : 'Use a browser with WebAssembly SIMD, and reload the page once the cause is removed.';

/** ONNX Runtime does not start on a provider. */
export class RuntimeStartError extends MienError {
  override readonly name = 'RuntimeStartError';
  constructor(
    readonly provider: string,
    readonly reason: string,
    options?: ErrorOptions,
  ) {
    super(
      `ONNX Runtime does not start on ${provider}: ${reason.split('\n')[0]}. ${adviceFor(reason)}`,
      options,
    );
  }
}
