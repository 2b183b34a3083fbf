import { MienError } from '@mien/contract';

/** A network that cannot be built as asked. */
export class InvalidBuildError extends MienError {
  override readonly name = 'InvalidBuildError';
  constructor(
    readonly architecture: string,
    readonly problem: string,
  ) {
    super(`Cannot build "${architecture}": ${problem}.`);
  }
}

/**
 * Checks what every architecture needs.
 *
 * @param smallestSidePx the smallest side that leaves something to look at after all poolings.
 * @throws {InvalidBuildError} when there are fewer than two classes, or a side is too small.
 */
export const assertBuildable = (
  architecture: string,
  params: { readonly classes: number; readonly widthPx: number; readonly heightPx: number },
  smallestSidePx: number,
): void => {
  const { classes, widthPx, heightPx } = params;
  if (!Number.isInteger(classes) || classes < 2) {
    throw new InvalidBuildError(architecture, `it needs two classes or more, got ${classes}`);
  }
  if (Math.min(widthPx, heightPx) < smallestSidePx) {
    throw new InvalidBuildError(
      architecture,
      `its input must be at least ${smallestSidePx}×${smallestSidePx} px, got ${widthPx}×${heightPx}`,
    );
  }
};
