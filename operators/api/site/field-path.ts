/** Where a value stands in a document: keys of mappings and indexes of lists, from the document's root. */
export type FieldPath = readonly (string | number)[];

/** The form people write: `spec.centres[1].region`; keys that are no plain words are quoted: `spec.contexts["a.b"]`. */
export function formatPath(path: FieldPath): string {
  let text = '';
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`;
    else if (!/^[A-Za-z_][-A-Za-z0-9_]*$/.test(step)) text += `[${JSON.stringify(step)}]`;
    else text += text === '' ? step : `.${step}`;
  }
  return text;
}

/** The value at a path of plain data; undefined where the path leads nowhere. */
export function valueAt(content: unknown, path: FieldPath): unknown {
  return path.reduce<unknown>((value, step) => {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    // Arrays and objects alike are indexed by a property name, which hasOwn has just found.
    return (value as Record<string | number, unknown>)[step];
  }, content);
}
