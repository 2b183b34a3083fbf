/** Rounds to the nearest byte, half up; what lies outside [0, 255] becomes the nearer end. */
export const toByte = (value: number): number => Math.min(255, Math.max(0, Math.floor(value + 0.5)));
