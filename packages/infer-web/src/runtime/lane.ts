/** Runs one task after another, in the order in which they are handed in; a task that fails does not stop the next. */
export type Lane = <Result>(task: () => Promise<Result>) => Promise<Result>;

/** Opens an empty {@link Lane}. */
export const createLane = (): Lane => {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const result = last.then(task);
    last = result.catch(() => undefined);
    return result;
  };
};
