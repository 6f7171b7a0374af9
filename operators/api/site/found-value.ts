/** A found value as JSON, short enough for one line. */
export function showValue(found: unknown): string {
  if (found === undefined || found === null) return 'nothing';
  const text = JSON.stringify(found);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

/** A found value of the wrong type: `the number 1.1`, `a list`, `nothing`. */
export function describeValue(found: unknown): string {
  if (found === null || found === undefined) return 'nothing';
  if (Array.isArray(found)) return 'a list';
  if (typeof found === 'object') return 'a mapping';
  return `the ${typeof found === 'string' ? 'text' : typeof found} ${showValue(found)}`;
}

/** How much was found: the characters of a text, the entries of a list, the number itself. */
export function describeAmount(found: unknown): string {
  if (typeof found === 'string')
    return found === '' ? 'an empty text' : `a text of ${found.length} characters`;
  return Array.isArray(found) ? `${found.length} entries` : showValue(found);
}

/** `a`, `a or b`, `a, b or c`. */
export function listChoices(values: readonly string[]): string {
  return values.length < 2 ? values.join() : `${values.slice(0, -1).join(', ')} or ${values.at(-1) ?? ''}`;
}
