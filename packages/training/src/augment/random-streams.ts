/** What a random stream is for: the second seed part, so that no two uses share numbers. */
export const RANDOM_STREAMS = { order: 1, change: 2, mixup: 3 } as const;
