/** Never has its graphs loaded. */
export const load = (): Promise<never> => new Promise(() => undefined);
