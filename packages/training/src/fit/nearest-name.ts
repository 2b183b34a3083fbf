/** Letters that must be put in, left out or changed to make one text the other (Levenshtein 1966). */
const editDistance = (from: string, to: string): number => {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (const letter of from) {
    const next = [(row[0] as number) + 1];
    for (let column = 1; column <= to.length; column++)
      next.push(
        Math.min(
          (next[column - 1] as number) + 1,
          (row[column] as number) + 1,
          (row[column - 1] as number) + (letter === to[column - 1] ? 0 : 1),
        ),
      );
    row = next;
  }
  return row[to.length] as number;
};

/** The name that a misspelt one was most likely meant to be; the first of equals. Small and capital letters are the same. */
export const nearestName = (misspelt: string, names: readonly [string, ...string[]]): string => {
  const distances = names.map((name) => editDistance(misspelt.toLowerCase(), name.toLowerCase()));
  return names[distances.indexOf(Math.min(...distances))] ?? names[0];
};
