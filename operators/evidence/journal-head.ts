import { type Digest, parseDigest } from './digest.ts';
import { EvidenceError } from './evidence-error.ts';
import { LAST_SEQUENCE } from './journal-record.ts';

/**
 * The end of a journal: it stands for all records up to there. Held by somebody else than the journal's keeper (a peer, the
 * minutes of a meeting), it reveals a cut tail and a journal written anew.
 */
export interface JournalHead {
  readonly sequence: number;
  /** Digest of the record of that sequence. */
  readonly digest: Digest;
}

/** One word for the status, the command line and paper: `sha256:<hex>@42`. */
export function formatHead({ digest, sequence }: JournalHead): string {
  return `${digest}@${sequence}`;
}

/** Reads what {@link formatHead} writes. @throws EvidenceError `ZB-EVD-008` */
export function parseHead(text: string): JournalHead {
  const [digest = '', sequence = '', ...rest] = text.split('@');
  if (rest.length > 0 || !/^[1-9][0-9]{0,11}$/.test(sequence) || Number(sequence) > LAST_SEQUENCE) {
    throw new EvidenceError(
      'ZB-EVD-008',
      `"${text}" is no head: use <digest>@<sequence>, such as sha256:…@42`,
    );
  }
  return { digest: parseDigest(digest), sequence: Number(sequence) };
}
