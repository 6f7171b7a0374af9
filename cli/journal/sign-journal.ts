import { formatHead, keepSignedHead, readPrivateKey, signHead } from '../../operators/evidence/index.ts';
import { EXIT_CODES } from '../exit-code.ts';
import type { Frame, Report } from '../frame/command-frame.ts';
import { readKeyFile } from './key-file.ts';
import { reportVerdict, verifyWithProgress } from './verify-journal.ts';

/** What is signed, and by which private key. */
export interface SignOptions {
  /** Folder of the journal. */
  readonly journal: string;
  /** File of the key. */
  readonly key: string;
}

/**
 * Verifies a journal, signs its head, and keeps that beside the records. Nothing is signed that does not hold.
 * @throws EvidenceError `ZB-EVD-004`, `ZB-EVD-009`
 */
export async function sign({ journal, key: file }: SignOptions, frame: Frame): Promise<Report> {
  const { say } = frame;
  const key = readPrivateKey(await readKeyFile(file));
  const verdict = await verifyWithProgress(journal, { keys: [key] }, frame);
  const { centre, head, fault } = verdict;
  if (fault !== undefined || head === undefined || centre === undefined) {
    const report = reportVerdict({ folder: journal, heads: 0, keys: 1, verdict }, frame);
    return { ...report, exitCode: EXIT_CODES.findings };
  }
  const path = await keepUnlessKept(journal, signHead(centre, head, Date.now(), key));
  const done = path === undefined ? say('alreadySigned') : say('headSigned', { path });
  const lines = [done, `${say('forMinutes')} ${formatHead(head)}`];
  return {
    data: { signed: formatHead(head), path: path ?? null },
    text: () => `${lines.join('\n')}\n`,
    exitCode: EXIT_CODES.fine,
  };
}

async function keepUnlessKept(
  ...[folder, head]: Parameters<typeof keepSignedHead>
): Promise<string | undefined> {
  try {
    return await keepSignedHead(folder, head);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return undefined;
    throw error;
  }
}
