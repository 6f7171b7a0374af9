import type { Journal, JournalEntry, ObjectReference } from '../../evidence/index.ts';
import type { Identity } from '../../runtime/index.ts';

/** An entry about an object, whoever writes it. */
export type EntryAbout = Omit<JournalEntry, 'actor'> & { readonly object: ObjectReference };

/**
 * Writes a record about an object, unless there is one of its kind already: whoever was stopped between a record and the note
 * of it finds the record.
 * @returns its sequence, to be noted in the status
 * @throws EvidenceError
 */
export async function recordOnce(journal: Journal, { pod }: Identity, entry: EntryAbout): Promise<number> {
  const present = journal.lastOf(entry.kind, entry.object.uid);
  const record = present ?? (await journal.append({ ...entry, actor: `pod/${pod}` }));
  return record.sequence;
}
