/** Colours that tell emotions apart on light and dark ground; by the start of the label, as label sets word them apart. */
const KNOWN: readonly (readonly [start: string, colour: string])[] = [
  ['neutral', '#8a94a6'],
  ['happ', '#f2b705'],
  ['surpris', '#f4772e'],
  ['sad', '#3d8bfd'],
  ['ang', '#e5484d'],
  ['disgust', '#3fa34d'],
  ['fear', '#9b5de5'],
  ['contempt', '#b07d4f'],
];

/** For labels that are none of those, by their place in the card. */
const OTHERS = ['#0fa3a3', '#d6409f', '#7cb518', '#5b6ee1', '#c9a227', '#ef8fb0', '#4cc9f0', '#8d6e63'];

/**
 * Gives every label of a card its colour, the same in every output.
 *
 * @returns by label, `#rrggbb`.
 */
export const labelColours = (labels: readonly string[]): ReadonlyMap<string, string> =>
  new Map(
    labels.map((label, index) => {
      const known = KNOWN.find(([start]) => label.toLowerCase().startsWith(start));
      return [label, known?.[1] ?? (OTHERS[index % OTHERS.length] as string)];
    }),
  );
