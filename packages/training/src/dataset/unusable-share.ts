/** The share of damaged files or rows up to which they are merely skipped and listed. */
export const MAX_UNUSABLE_SHARE = 0.05;
