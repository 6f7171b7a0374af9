import { KINDS, type Kind, type TopologyStatus } from '../../api/index.ts';
import { canonicalJson, digestOf, type Digest } from '../../evidence/index.ts';
import {
  keyOf,
  resourceTypeOf,
  type ObjectKey,
  type Reader,
  type SharedReaders,
} from '../../runtime/index.ts';
import { digestDocument, digestDocuments, type ConfigDocument } from './document-digest.ts';

/** What a centre wants, as its status tells it to its peers. */
export type DesiredStateSummary = NonNullable<TopologyStatus['desiredState']>;

/** The kinds that make up the desired state: those that config writes. */
export const CONFIG_KINDS: readonly Kind[] = KINDS.filter(({ writtenBy }) => writtenBy === 'config');

/** The documents of one kind with their digests, kept as they change. */
class KindState {
  readonly kind: string;
  readonly reader: Reader<ConfigDocument>;
  readonly documents = new Map<ObjectKey, Digest>();
  #digest: Digest | undefined;

  constructor(kind: string, reader: Reader<ConfigDocument>, changed: () => void) {
    this.kind = kind;
    this.reader = reader;
    for (const document of reader.all()) this.documents.set(keyOf(document), digestDocument(document));
    reader.listen(({ key, after }) => {
      const digest = after && digestDocument(after);
      // Most changes are of a status.
      if (digest === this.documents.get(key)) return;
      if (digest === undefined) this.documents.delete(key);
      else this.documents.set(key, digest);
      this.#digest = undefined;
      changed();
    });
  }

  get digest(): Digest {
    return (this.#digest ??= digestDocuments(this.documents));
  }
}

/**
 * What the operator's own centre was told to want: all documents that config writes. Digests are made once for each change of a
 * document, so that thousands of them cost nothing while nobody touches them.
 */
export class DesiredState {
  readonly #kinds: readonly KindState[];
  #summary: DesiredStateSummary | undefined;

  constructor(readers: SharedReaders) {
    this.#kinds = CONFIG_KINDS.map((kind) => {
      // Every kind has a spec, and `digestDocument` asks for no more.
      const reader = readers.of(resourceTypeOf(kind)) as Reader<ConfigDocument>;
      return new KindState(kind.kind, reader, () => (this.#summary = undefined));
    });
  }

  /** Digests of all documents, one list for each kind. Undefined until everything has been read once. */
  summary(): DesiredStateSummary | undefined {
    if (!this.#kinds.every(({ reader }) => reader.synced)) return undefined;
    return (this.#summary ??= this.#summarise());
  }

  /** Digests of the documents of a kind. */
  documents(kind: string): ReadonlyMap<ObjectKey, Digest> {
    return this.#kinds.find((state) => state.kind === kind)?.documents ?? new Map();
  }

  #summarise(): DesiredStateSummary {
    const kinds = this.#kinds.map(({ kind, documents, digest }) => {
      return { kind, documents: documents.size, digest };
    });
    return { digest: digestOf(canonicalJson(kinds)), kinds };
  }
}
