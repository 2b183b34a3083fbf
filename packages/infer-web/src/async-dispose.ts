/** As compilers of `await using` name it in browsers that do not know it yet. */
export const asyncDispose: typeof Symbol.asyncDispose =
  (Symbol as Partial<typeof Symbol>).asyncDispose ??
  (Symbol.for('Symbol.asyncDispose') as typeof Symbol.asyncDispose);
