/** Plain data: what a field of an object can be. */
type Data = unknown;

/**
 * Server-side apply without conflicts: the fields of the wish are set, those that the same manager had applied before and
 * now leaves out are removed, everything else stays. Mappings are merged; lists are one value.
 * @param live the fields as they stand
 * @param before what this manager applied last; undefined: nothing yet
 * @param others what other managers applied last: their fields stay
 */
export function applyFields(live: Data, before: Data, wish: Data, others: readonly Data[] = []): Data {
  if (!isMapping(wish)) return wish;
  const applied = isMapping(before) ? before : {};
  const result: Record<string, Data> = isMapping(live) ? { ...live } : {};
  for (const [name, value] of Object.entries(applied)) {
    if (name in wish) continue;
    const kept = removeFields(result[name], value, fieldOf(others, name));
    if (kept === undefined) Reflect.deleteProperty(result, name);
    else result[name] = kept;
  }
  for (const [name, value] of Object.entries(wish)) {
    result[name] = applyFields(result[name], applied[name], value, fieldOf(others, name));
  }
  return result;
}

/** What is left of a field that its manager no longer applies; undefined: nothing. */
function removeFields(live: Data, before: Data, others: readonly Data[]): Data {
  if (!isMapping(live) || !isMapping(before)) return others.length > 0 ? live : undefined;
  const rest = Object.entries(live).flatMap(([name, value]) => {
    const kept = name in before ? removeFields(value, before[name], fieldOf(others, name)) : value;
    return kept === undefined ? [] : [[name, kept] as const];
  });
  return rest.length === 0 && others.length === 0 ? undefined : Object.fromEntries(rest);
}

function fieldOf(managers: readonly Data[], name: string): Data[] {
  return managers.flatMap((applied) => (isMapping(applied) && name in applied ? [applied[name]] : []));
}

function isMapping(value: Data): value is Readonly<Record<string, Data>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
