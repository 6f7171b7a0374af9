/**
 * The known name that a person most likely meant, or undefined when none is near: case, hyphens and up to a
 * third of the letters may differ.
 */
export function nearestName(written: string, known: readonly string[]): string | undefined {
  const plain = plainForm(written);
  let nearest: string | undefined;
  let least = Math.max(1, Math.floor(plain.length / 3)) + 1;
  for (const name of known) {
    const distance = editDistance(plain, plainForm(name));
    if (distance < least) [nearest, least] = [name, distance];
  }
  return nearest;
}

/** `did you mean "centres"?`, or undefined when no known name is near. */
export function didYouMean(written: string, known: readonly string[]): string | undefined {
  const nearest = nearestName(written, known);
  return nearest === undefined ? undefined : `did you mean "${nearest}"?`;
}

function plainForm(name: string): string {
  // Names of any length could be pasted into a site; 64 letters are enough to tell them apart.
  return name.toLowerCase().replaceAll(/[-_ ]/g, '').slice(0, 64);
}

/** Letters to insert, delete or replace to get from one word to the other (Levenshtein). */
function editDistance(one: string, other: string): number {
  let previous = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [row, letter] of Array.from(one).entries()) {
    const current = [row + 1];
    for (const [column, candidate] of Array.from(other).entries()) {
      const replaced = (previous[column] ?? 0) + (letter === candidate ? 0 : 1);
      current.push(Math.min(replaced, (previous[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1));
    }
    previous = current;
  }
  return previous.at(-1) ?? 0;
}
