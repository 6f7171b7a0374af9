import type { FileEntry } from './ledger-entry.ts';

/** What a volume has of what its writer was told is kept: paths, each in one list at most, in order. */
export interface FileJudgement {
  /** How many changes were acknowledged. */
  readonly acknowledged: number;
  /** How many files there are. */
  readonly present: number;
  /** Should be there, and are not. */
  readonly lost: readonly string[];
  /** Are there with other content than they should have. */
  readonly altered: readonly string[];
  /** Were deleted, and are there. */
  readonly returned: readonly string[];
  /** Are there, and no ledger knows them. */
  readonly unknown: readonly string[];
}

/** A content, or `undefined` where there is no file. */
type Content = string | undefined;

/**
 * Holds the files of a volume against the ledger of their writer. A file must be as its last acknowledged change left it, or
 * as a later one that is unsure would have.
 * @param files digest of each file by its path
 */
export function judgeFiles(ledger: readonly FileEntry[], files: ReadonlyMap<string, string>): FileJudgement {
  const allowed = allowedContents(ledger);
  const paths = [...new Set([...allowed.keys(), ...files.keys()])].toSorted();
  const wrong = paths.filter((path) => allowed.get(path)?.has(files.get(path)) !== true);
  const isKnown = (path: string): boolean => allowed.has(path);
  const mayBeThere = (path: string): boolean =>
    [...(allowed.get(path) ?? [])].some((content) => content !== undefined);
  return {
    acknowledged: ledger.filter(({ outcome }) => outcome === 'acknowledged').length,
    present: files.size,
    lost: wrong.filter((path) => !files.has(path)),
    altered: wrong.filter((path) => files.has(path) && isKnown(path) && mayBeThere(path)),
    returned: wrong.filter((path) => files.has(path) && isKnown(path) && !mayBeThere(path)),
    unknown: wrong.filter((path) => !isKnown(path)),
  };
}

/** What each file of the ledger may contain. */
function allowedContents(ledger: readonly FileEntry[]): ReadonlyMap<string, ReadonlySet<Content>> {
  const allowed = new Map<string, Set<Content>>();
  for (const { path, digest, outcome } of ledger) {
    // Nobody promised anything of a file before its first acknowledged change: it may be missing.
    const before = outcome === 'acknowledged' ? [] : (allowed.get(path) ?? [undefined]);
    allowed.set(path, new Set([...before, digest]));
  }
  return allowed;
}
