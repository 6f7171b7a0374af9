import { KINDS, type AGREEMENTS } from '../../api/index.ts';
import { everyObject, keyOf, resourceTypeOf, type ApiClient, type Logger } from '../../runtime/index.ts';
import { differingDocuments, differingKinds } from './compare-states.ts';
import type { DesiredState, DesiredStateSummary } from './desired-state.ts';
import { digestDocument, type DocumentDigests } from './document-digest.ts';

/** Whether a peer wants what this centre wants. */
export interface AgreementFindings {
  readonly state: (typeof AGREEMENTS)[number];
  /** One word for machines. */
  readonly reason: string;
  /** Documents that differ, at most {@link MOST_NAMED}. */
  readonly differing?: string[];
  /** How many more differ. */
  readonly more?: number;
}

/** So many documents are named; whoever has to mend more compares the deployments. */
const MOST_NAMED = 20;

/** Compares the desired state of a peer with our own. What it found out document by document is kept while both stand still. */
export class PeerComparison {
  readonly #own: DesiredState;
  readonly #client: ApiClient;
  readonly #log: Logger;
  #last: { readonly digests: string; readonly findings: AgreementFindings } | undefined;

  /** @param client of the peer */
  constructor(own: DesiredState, client: ApiClient, log: Logger) {
    this.#own = own;
    this.#client = client;
    this.#log = log;
  }

  /** @param theirs what the peer's status tells; undefined: it tells nothing, or cannot be read now */
  async compare(theirs: DesiredStateSummary | undefined, signal: AbortSignal): Promise<AgreementFindings> {
    const own = this.#own.summary();
    if (own === undefined) return { state: 'Unknown', reason: 'NotRead' };
    if (theirs === undefined) return { state: 'Unknown', reason: 'NotTold' };
    const kinds = differingKinds(own, theirs);
    if (kinds.length === 0) return { state: 'Agrees', reason: 'SameDigest' };
    const digests = `${own.digest} ${theirs.digest}`;
    if (this.#last?.digests === digests) return this.#last.findings;
    try {
      const findings = name((await Promise.all(kinds.map((kind) => this.#compareKind(kind, signal)))).flat());
      this.#last = { digests, findings };
      return findings;
    } catch (error) {
      // That they differ is known; which documents do is asked again at the next look.
      this.#log.info('a peer differs, and its documents could not be read', { error });
      return { state: 'Differs', reason: 'DocumentsUnread', differing: [...kinds] };
    }
  }

  async #compareKind(kindName: string, signal: AbortSignal): Promise<string[]> {
    const kind = KINDS.find(({ kind }) => kind === kindName);
    if (kind === undefined) return [`${kindName} (only there)`];
    const theirs: DocumentDigests = await this.#documentsOf(kind, signal);
    return differingDocuments(this.#own.documents(kindName), theirs).map((text) => `${kindName} ${text}`);
  }

  async #documentsOf(kind: (typeof KINDS)[number], signal: AbortSignal): Promise<DocumentDigests> {
    const documents = new Map<string, ReturnType<typeof digestDocument>>();
    const type = resourceTypeOf(kind);
    // Every kind has a spec, and a digest needs no more.
    for await (const document of everyObject(this.#client, type, {}, signal))
      documents.set(keyOf(document), digestDocument(document));
    return documents;
  }
}

/** Differences with the first few named. */
function name(differences: readonly string[]): AgreementFindings {
  const differing = differences.slice(0, MOST_NAMED).map((text) => text.slice(0, 200).trim());
  const more = differences.length - differing.length;
  return { state: 'Differs', reason: 'OtherDocuments', differing, ...(more > 0 && { more }) };
}
