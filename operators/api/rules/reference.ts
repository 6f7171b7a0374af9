import type { Resource } from '../kinds/kind.ts';
import type { FieldPath } from '../site/field-path.ts';
import { didYouMean } from '../site/nearest-name.ts';
import type { Breach } from './rule.ts';

/** Names that a field may point to, and what they are names of. */
export interface Named {
  /** In the singular: `centre`. */
  readonly noun: string;
  readonly names: readonly string[];
}

/** The breach of a field that names something that does not exist; nothing when it exists. */
export function refuseUnknown(document: Resource, field: FieldPath, name: string, known: Named): Breach[] {
  if (known.names.includes(name)) return [];
  const message = `names the ${known.noun} "${name}", which does not exist; ${tellNames(known.names)}`;
  return [{ document, field, message, remedy: didYouMean(name, known.names) }];
}

/** `there is none`, `there are a, b, c`; the first twelve of many. */
function tellNames(names: readonly string[]): string {
  if (names.length === 0) return 'there is none';
  const shown = names.slice(0, 12).join(', ');
  return `there ${names.length === 1 ? 'is' : 'are'} ${shown}${names.length > 12 ? ` and ${names.length - 12} more` : ''}`;
}
