/** Length at which nft cuts a comment off, in bytes. */
const COMMENT_LIMIT = 128;

/** A chain of a table, indented for it. */
export function renderChain(name: string, rules: readonly string[]): string[] {
  return [`  chain ${name} {`, ...rules.map((rule) => `    ${rule}`), '  }'];
}

/** A named set of a table; nft has no way to write an empty list of elements, so it is left out. */
export function renderSet(name: string, type: string, elements: readonly string[]): string[] {
  return renderCollection('set', name, type, elements);
}

/** A named map of a table from keys to what becomes of the packet. */
export function renderVerdictMap(name: string, keyType: string, elements: readonly string[]): string[] {
  return renderCollection('map', name, `${keyType} : verdict`, elements);
}

/** A set in place: `{ a, b }`. */
export function inlineSet(elements: readonly string[]): string {
  return `{ ${elements.join(', ')} }`;
}

/** A comment on a rule, cut to what nft takes. The text must be ASCII without quotes, as names of objects are. */
export function comment(text: string): string {
  return `comment "${text.slice(0, COMMENT_LIMIT)}"`;
}

function renderCollection(
  kind: 'set' | 'map',
  name: string,
  type: string,
  elements: readonly string[],
): string[] {
  const content = elements.length === 0 ? '' : ` elements = ${inlineSet(elements)};`;
  return [`  ${kind} ${name} { type ${type};${content} }`];
}
