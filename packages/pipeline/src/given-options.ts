/** An object's entries that have a value. */
export type Given<Options> = { [Name in keyof Options]?: Exclude<Options[Name], undefined> };

/** Leaves out what is undefined, which would take the place of a default further on. */
export const givenOptions = <Options extends object>(options: Options): Given<Options> =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Given<Options>;
