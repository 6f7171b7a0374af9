/**
 * A copy of plain data with one field changed: `spec.centres[0].role`. Undefined removes it.
 * @throws RangeError where the path leads nowhere, so that a test cannot change nothing unnoticed
 */
export function setField(document: unknown, path: string, value: unknown): unknown {
  const steps = Array.from(path.matchAll(/[^.[\]]+/g), ([step]) => step);
  return change(document, steps, value, path);
}

function change(node: unknown, [step, ...rest]: readonly string[], value: unknown, path: string): unknown {
  if (step === undefined) return value;
  if (typeof node !== 'object' || node === null)
    throw new RangeError(`${path}: nothing has the field ${step}`);
  const entries = new Map<string, unknown>(Object.entries(node));
  const changed = change(entries.get(step), rest, value, path);
  if (Array.isArray(node))
    return node.map((entry: unknown, index) => (String(index) === step ? changed : entry));
  return Object.fromEntries(
    changed === undefined ? [...entries].filter(([key]) => key !== step) : [...entries, [step, changed]],
  );
}
