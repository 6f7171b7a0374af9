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

/** Letters to insert, delete, replace or swap with their neighbour to get from one word to the other. */
function editDistance(one: string, other: string): number {
  const rows: number[][] = [Array.from({ length: other.length + 1 }, (_, column) => column)];
  const at = (row: number, column: number): number => rows[row]?.[column] ?? Math.max(row, column);
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row];
    rows.push(current);
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[row - 1] === other[column - 1];
      const swapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      current.push(
        Math.min(
          at(row - 1, column - 1) + (same ? 0 : 1),
          at(row - 1, column) + 1,
          at(row, column - 1) + 1,
          swapped && row > 1 && column > 1 ? at(row - 2, column - 2) + 1 : Infinity,
        ),
      );
    }
  }
  return at(one.length, other.length);
}
