import type { Plane } from './resize-plane.ts';

/** Rounds planes of one size to bytes, halves up, and holds them to [0, 255]: planar `[planes, heightPx, widthPx]`. */
export const toBytes = (planes: readonly Plane[]): Uint8Array => {
  const area = planes[0]?.values.length ?? 0;
  const bytes = new Uint8Array(planes.length * area);
  for (const [index, { values }] of planes.entries())
    for (let at = 0; at < area; at++)
      bytes[index * area + at] = Math.min(255, Math.max(0, Math.floor((values[at] as number) + 0.5)));
  return bytes;
};
