import type { Resource } from '../../api/index.ts';
import { canonicalJson, digestOf, referenceTo, type Journal } from '../../evidence/index.ts';
import {
  whenAborted,
  type BackgroundWork,
  type Identity,
  type Live,
  type Logger,
  type Reader,
  type Step,
} from '../../runtime/index.ts';

const KIND = 'policy-change';

/** Whose record it is, and where it goes. */
export interface Recording {
  readonly journal: Journal;
  readonly identity: Identity;
}

/**
 * The first step of a kind whose changes are evidence (行为审计): each generation of a document is recorded once, before
 * anything is derived from it, by the digest of its spec. The document itself is not repeated: whoever keeps it can show that
 * it is the one that was seen.
 */
export function recordChange<R extends Resource>({ journal, identity }: Recording): Step<R> {
  return async ({ object, log }) => {
    const { generation = 0, uid } = object.metadata;
    if (observedGeneration(object) === generation) return;
    // Stopped between the record and the status: it stands already.
    const last = journal.lastOf(KIND, uid)?.object?.generation;
    if (last === generation) return;
    const change = observedGeneration(object) === undefined && last === undefined ? 'new' : 'changed';
    const digest = digestOf(canonicalJson(object.spec));
    await journal.append({ ...entryAbout(object, identity), body: { change, digest } });
    log.info('recorded a change of the desired state', { change, generation, digest });
  };
}

/**
 * Records that a document is gone, as long as this process leads. A document that goes while no operator runs leaves no such
 * record: what is gone cannot be asked, and nothing of ours holds back its deletion.
 */
export function recordRemovals<R extends Resource>(
  reader: Reader<Live<R>>,
  { journal, identity, log }: Recording & { readonly log: Logger },
): BackgroundWork {
  return {
    name: 'removals',
    run: (signal) => {
      reader.listen(({ before, after }) => {
        if (before === undefined || after !== undefined || signal.aborted) return;
        journal
          .append({ ...entryAbout(before, identity), body: { change: 'gone' } })
          .catch((error: unknown) => {
            log.error('could not record that a document is gone', { object: before.metadata.name, error });
          });
      });
      return whenAborted(signal);
    },
  };
}

function entryAbout(document: Live<Resource>, { pod }: Identity) {
  return { kind: KIND, actor: `pod/${pod}`, object: referenceTo(document) } as const;
}

function observedGeneration({ status }: Pick<Resource, 'status'>): number | undefined {
  if (typeof status !== 'object' || status === null || !('observedGeneration' in status)) return undefined;
  return typeof status.observedGeneration === 'number' ? status.observedGeneration : undefined;
}
