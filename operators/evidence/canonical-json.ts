import canonicalize from 'canonicalize';
import { EvidenceError } from './evidence-error.ts';

/**
 * Writes a value as RFC 8785 canonical JSON (JCS): one text for one value, whoever writes it, so that digests and
 * signatures of it can be made again in any language. Minus zero becomes `0`, as the RFC says.
 *
 * The library, like `JSON.stringify`, drops or rewrites what JSON has no form for. Evidence that silently says less than
 * its writer meant is worse than none, so here only what comes back unchanged is taken.
 * @throws EvidenceError `ZB-EVD-001` naming the place: `undefined`, functions, symbols, bigints, NaN and infinities, lone
 *   surrogates, holes in lists, cycles, objects that are no plain ones (dates, maps, class instances)
 */
export function canonicalJson(value: unknown): string {
  refuseOddities(value, '$', []);
  const text = canonicalize(value);
  if (text === undefined) throw new Error('the value was checked, and could not be written');
  return text;
}

/** @param inside containers on the way from the root, to find a cycle */
function refuseOddities(value: unknown, at: string, inside: readonly object[]): void {
  const refuse = (what: string): never => {
    throw new EvidenceError(
      'ZB-EVD-001',
      `${at}: canonical JSON cannot hold ${what}; leave it out or write it otherwise`,
    );
  };
  if (value === null || typeof value === 'boolean') return;
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) refuse(String(value));
    return;
  }
  if (typeof value === 'string') {
    if (!value.isWellFormed()) refuse('a lone surrogate');
    return;
  }
  if (typeof value !== 'object') return refuse(value === undefined ? 'undefined' : `a ${typeof value}`);
  if (inside.includes(value)) refuse('a cycle');
  const path = [...inside, value];
  if (Array.isArray(value)) {
    // Array.from shows a hole as undefined; forEach would skip it.
    Array.from(value, (entry: unknown, index) => {
      refuseOddities(entry, `${at}[${index}]`, path);
    });
    return;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) refuse(`a ${value.constructor.name}`);
  if (Object.getOwnPropertySymbols(value).length > 0) refuse('a symbol as name');
  for (const [name, member] of Object.entries(value)) {
    if (!name.isWellFormed()) refuse('a name with a lone surrogate');
    refuseOddities(member, `${at}.${name}`, path);
  }
}
