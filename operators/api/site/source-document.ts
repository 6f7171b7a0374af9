import {
  isCollection,
  isMap,
  isNode,
  isPair,
  isScalar,
  type Document,
  type LineCounter,
  type Node,
} from 'yaml';
import type { FieldPath } from './field-path.ts';
import type { Place } from './finding.ts';

/** One YAML document of a site, as plain data that knows where each value was written. */
export class SourceDocument {
  /** Path below the site's folder. */
  readonly file: string;
  /** Plain data: mappings as objects, without positions. */
  readonly content: unknown;
  readonly #root: Node | null;
  readonly #lines: LineCounter;

  constructor(file: string, document: Document.Parsed, lines: LineCounter) {
    this.file = file;
    this.content = document.toJS();
    this.#root = document.contents;
    this.#lines = lines;
  }

  /** Name for people: `Dataset population/population-db`; as much of it as the document says. */
  get subject(): string {
    const { kind, metadata } = asRecord(this.content);
    const { namespace, name } = asRecord(metadata);
    const names = [namespace, name].filter((part) => typeof part === 'string');
    return [typeof kind === 'string' ? kind : 'document', names.join('/')].filter(Boolean).join(' ');
  }

  /** Where the value at the path stands; of a path that leads nowhere, the place where it would belong. */
  placeOf(path: FieldPath): Place {
    return this.#place(path, 'value');
  }

  /** Where the last key of the path stands. */
  placeOfKey(path: FieldPath): Place {
    return this.#place(path, 'key');
  }

  #place(path: FieldPath, what: 'key' | 'value'): Place {
    let node: Node | null = this.#root;
    let offset = startOf(node);
    for (const [index, step] of path.entries()) {
      const { key, value } = childOf(node, step);
      if (key === undefined && value === undefined) return this.#at(offset);
      const last = index === path.length - 1;
      // A mapping begins at its first key, lines below; people look for it where its name stands.
      const atKey = key !== undefined && ((last && what === 'key') || isCollection(value));
      offset = startOf(atKey ? key : (value ?? key ?? node));
      node = value ?? null;
    }
    return this.#at(offset);
  }

  #at(offset: number): Place {
    const { line, col } = this.#lines.linePos(offset);
    return { file: this.file, line, column: col };
  }
}

function childOf(node: Node | null, step: string | number): { key?: Node; value?: Node } {
  if (!isCollection(node)) return {};
  const item = isMap(node)
    ? node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step))
    : node.items[Number(step)];
  if (isPair(item)) {
    return { ...(isNode(item.key) && { key: item.key }), ...(isNode(item.value) && { value: item.value }) };
  }
  return isNode(item) ? { value: item } : {};
}

function startOf(node: Node | null): number {
  return node?.range?.[0] ?? 0;
}

function asRecord(value: unknown): Partial<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
